"""What operators are shown of the days ahead: every date that will be posted, and whose custody is to be rechecked.

Pure: days are arguments. The calendar is the one without what is held.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.agenda.occurrence import Occurrence
from bot.agenda.occurrences import Rules, occurrences
from bot.app.operators.actions import Offer, Told
from bot.app.operators.duties import HOLD, POST
from bot.posts.custody_label import custody_line, ends_before_today
from bot.posts.dates import full_date
from bot.posts.titles import title
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.custody import custody

# What fits a message with room for its first and last lines, and what a person looks through.
_MOST_CHARS: Final = 3_600
_MOST_ENTRIES: Final = 40


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return full_date(self.first, "en")
        return f"{full_date(self.first, 'en')} to {full_date(self.last, 'en')}"


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    occurrence: Occurrence
    is_stale: bool


def days_ahead(calendar: Calendar, span: Span, rules: Rules) -> Told | None:
    """The list of these days; None where nothing is posted on them."""
    # The days themselves, deaths included: a reminder before one of them tells nothing that is not listed here.
    plain = Rules(leads=(), shelf_life_days=rules.shelf_life_days, leap_day=rules.leap_day)
    found = occurrences(calendar, span.first, span.last, plain)
    if not found:
        return None
    entries = [_entry(calendar, occurrence, rules.shelf_life_days) for occurrence in found]
    shown = _fitting(entries)
    lines = [f"Posted on {span}, as the calendar stands now:"]
    lines += [f"{number}. {entry.text}" for number, entry in enumerate(shown, 1)]
    if more := len(entries) - len(shown):
        lines.append(f"And {more} more: vigil upcoming --from {span.first} --to {span.last}")
    if any(entry.is_stale for entry in shown):
        lines.append(
            "To be rechecked: a newer document would tell more. Without an answer it is posted too, "
            "and says that our documents end there."
        )
    return Told("\n\n".join(lines), tuple(_offers(number, entry) for number, entry in enumerate(shown, 1)))


def _fitting(entries: Sequence[_Entry]) -> Sequence[_Entry]:
    """The first entries, as many as a message holds."""
    room = _MOST_CHARS
    for number, entry in enumerate(entries[:_MOST_ENTRIES]):
        room -= len(entry.text) + 8
        if room < 0:
            return entries[: max(1, number)]
    return entries[:_MOST_ENTRIES]


def _entry(calendar: Calendar, occurrence: Occurrence, shelf_life_days: int) -> _Entry:
    voice = Voice("en", occurrence.date, shelf_life_days)
    told = [_custody(calendar, person, voice) for person in occurrence.people]
    return _Entry(
        "\n".join([title(calendar, occurrence, voice), *(line for line, _ in told)]),
        occurrence,
        any(is_stale for _, is_stale in told),
    )


def _custody(calendar: Calendar, person: str, voice: Voice) -> tuple[str, bool]:
    """What will be said of somebody's custody that day, how old it will be, and whether that is past its shelf life."""
    report = custody(calendar, person, on=voice.on, shelf_life_days=voice.shelf_life_days)
    line = f"{calendar.people[person].names.en}: {custody_line(report, calendar, 'en')}"
    if report.as_of is not None:
        days = (voice.on - report.as_of.first).days
        line += f", {days} {'day' if days == 1 else 'days'} old that day"
    if not ends_before_today(report):
        return line, False
    return f"{line}. To be rechecked: the shelf life is {voice.shelf_life_days} days", True


def _offers(number: int, entry: _Entry) -> tuple[Offer, ...]:
    held = Offer(f"{number}: hold …", HOLD, " ".join(_records(entry.occurrence)))
    if not entry.is_stale:
        return (held,)
    about = f"{entry.occurrence.date} {' '.join(entry.occurrence.record_ids)}"
    return (Offer(f"{number}: rechecked, post", POST, about), held)


def _records(occurrence: Occurrence) -> Iterable[str]:
    """What can be held, as orders name it; an observance is held as an event is."""
    yield from (f"person:{person}" for person in occurrence.people)
    yield from (f"event:{event.id}" for event in occurrence.events)
    if occurrence.observance is not None:
        yield f"event:{occurrence.observance.id}"
