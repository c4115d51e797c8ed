"""The dates that come next, for everyone, for a chat's wishes or for one person.

Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.agenda.hearing import wants
from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.agenda.wishes import Wishes
from bot.posts.citations import sources_line
from bot.posts.dates import capitalised, full_date, month_name, number
from bot.posts.titles import phrase, title
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.records.collection import Calendar

EVENTS_IN_A_LINE = 4
# Looked at in widening spans: a year of a large calendar is not worked out for its next three dates.
_SPANS_DAYS = (31, 122, 365)


@dataclass(frozen=True, slots=True)
class DateAhead:
    """One line of a list of dates, in the reader's language."""

    occurrence: Occurrence
    day: str
    what: str
    sources: str

    @property
    def is_memorial(self) -> bool:
        """Whether a death is remembered."""
        return self.occurrence.slot is Slot.MEMORIAL


def ahead(
    calendar: Calendar, first: date, rules: Rules, *, enough: int, wishes: Wishes | None = None
) -> list[Occurrence]:
    """The first `enough` occurrences from that day to a year on, reminders left out."""
    days_themselves = replace(rules, leads=())
    found: list[Occurrence] = []
    since = 0
    for span in _SPANS_DAYS:
        start, last = first + timedelta(days=since), first + timedelta(days=span - 1)
        found += _wanted(calendar, wishes, occurrences(calendar, start, last, days_themselves))
        if len(found) >= enough:
            break
        since = span
    return found[:enough]


def ahead_of_person(calendar: Calendar, person_id: str, first: date, rules: Rules, *, enough: int) -> list[Occurrence]:
    """The next occurrences of one person, month pages narrowed to the events that are theirs."""
    theirs = {event.id: event for event in calendar.events_of(person_id)}
    own = replace(calendar, events=theirs, observances={})
    found = ahead(own, first, rules, enough=enough)
    return [narrowed for o in found if (narrowed := _narrowed(o, person_id)) is not None]


def told(calendar: Calendar, found: list[Occurrence], voice: Voice) -> list[DateAhead]:
    """Occurrences as lines of a list."""
    return [
        DateAhead(o, full_date(o.date, voice.language), _what(calendar, o, voice), _sources(calendar, o, voice))
        for o in found
    ]


def _wanted(calendar: Calendar, wishes: Wishes | None, found: list[Occurrence]) -> Iterator[Occurrence]:
    for occurrence in found:
        wanted = occurrence if wishes is None else wants(calendar, wishes, occurrence)
        if wanted is not None:
            yield wanted


def _narrowed(occurrence: Occurrence, person_id: str) -> Occurrence | None:
    if person_id not in occurrence.people:
        return None
    return occurrence if occurrence.kind != "month" else replace(occurrence, people=(person_id,))


def _what(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> str:
    if occurrence.kind != "month":
        return capitalised(phrase(calendar, occurrence, voice))
    if len(occurrence.events) <= EVENTS_IN_A_LINE:
        return title(calendar, occurrence, voice)
    t = translator("commands", voice.language)
    month = capitalised(month_name(occurrence.date, voice.language))
    count = len(occurrence.events)
    message = t.ngettext(
        "%(month)s, known only by month: %(count)s event",
        "%(month)s, known only by month: %(count)s events",
        count,
    )
    return message % {"month": month, "count": number(count, voice.language)}


def _sources(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> str:
    return sources_line(occurrence.quotes, calendar, voice.language)
