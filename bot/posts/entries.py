"""An occurrence as one entry of a post, full or in a list: everything said of it, in one language.

Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.agenda.facts import may_be_told_unasked
from bot.agenda.occurrence import Occurrence, Slot
from bot.posts.calls import told_once
from bot.posts.citations import attributions, telling
from bot.posts.dates import capitalised
from bot.posts.people import PEOPLE_IN_AN_ENTRY, Portrait, portraits
from bot.posts.titles import phrase, title
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.model import Call, Observance, Quote

CALLS_IN_AN_ENTRY = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` heads a post of its own, `item` is the same for a list under that day's heading."""

    occurrence: Occurrence
    title: str
    item: str
    people: tuple[Portrait, ...]
    people_left: int
    quotes: tuple[Quote, ...]
    sources: str
    calls: tuple[Call, ...] = ()

    @property
    def is_memorial(self) -> bool:
        """Whether a death is told, which alone gets a candle."""
        return self.occurrence.slot is Slot.MEMORIAL

    @property
    def subject(self) -> str:
        """The id of the event or observance."""
        return self.occurrence.record_ids[0]

    def without_about(self) -> "Entry":
        """The same without what people are known for, for want of room."""
        return replace(self, people=tuple(replace(person, about="") for person in self.people))


def entry(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> Entry:
    """The entry of an occurrence of one event or one observance (see `titles.singles`)."""
    quotes = telling(occurrence.quotes, death=occurrence.slot is Slot.MEMORIAL)
    calls = _calls_of_the_day(calendar, occurrence.observance) if occurrence.observance else ()
    return Entry(
        occurrence,
        title(calendar, occurrence, voice),
        _item(calendar, occurrence, voice),
        portraits(calendar, occurrence.people, voice),
        max(0, len(occurrence.people) - PEOPLE_IN_AN_ENTRY),
        quotes,
        attributions(quotes, calendar, voice.language),
        () if occurrence.lead else calls,
    )


def stated(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The ids of the records that a post of these entries states, each once."""
    records = [record for one in entries for record in one.occurrence.record_ids]
    return tuple(dict.fromkeys([*records, *(call.id for one in entries for call in one.calls)]))


def _item(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> str:
    if occurrence.lead or occurrence.kind == "month":
        return title(calendar, occurrence, voice)
    return capitalised(phrase(calendar, occurrence, voice))


def _calls_of_the_day(calendar: Calendar, observance: Observance) -> tuple[Call, ...]:
    """Calls for release or care that documents dated that very day of some year made for its country."""
    calls = [
        call
        for call in calendar.calls.values()
        if may_be_told_unasked(call)
        and (observance.country is None or observance.country in call.countries)
        and any(quote.is_shown for quote in call.quotes)
        and _is_dated_on(calendar, call.quotes, observance.day)
    ]
    return tuple(told_once(calls)[:CALLS_IN_AN_ENTRY])


def _is_dated_on(calendar: Calendar, quotes: Sequence[Quote], month_day: str) -> bool:
    dates = (calendar.source_of(quote).date for quote in quotes)
    return any(when is not None and when.day is not None and f"{when.day:%m-%d}" == month_day for when in dates)
