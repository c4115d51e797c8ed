"""The calendar in memory: every record by id, and the look-ups that other rooms ask for.

Pure. Built by `loading`; never changed, only replaced by a newer one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.records.listing import Listing
from bot.records.model import Call, Event, Figure, Observance, Person, Quote, Source


@dataclass(frozen=True)
class Calendar:
    """All records, each mapping by id and in id order.

    `revision` is a digest of the files it was read from: equal revisions say the same things.
    `documents` holds the text of each source by source id.
    """

    sources: Mapping[str, Source]
    people: Mapping[str, Person]
    events: Mapping[str, Event]
    observances: Mapping[str, Observance]
    figures: Mapping[str, Figure]
    calls: Mapping[str, Call]
    documents: Mapping[str, str] = field(repr=False, default_factory=dict)
    revision: str = ""
    listings: Mapping[str, Listing] = field(default_factory=dict)

    @cached_property
    def _events_by_person(self) -> Mapping[str, tuple[Event, ...]]:
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.events.values():
            for person in event.people:
                found[person].append(event)
        return {person: tuple(events) for person, events in found.items()}

    def events_of(self, person_id: str) -> tuple[Event, ...]:
        """The events that name this person, withdrawn ones left out, in id order."""
        return tuple(e for e in self._events_by_person.get(person_id, ()) if e.withdrawn is None)

    def newest_document(self) -> Source | None:
        """The source with the latest date; None where no document has one."""
        dated = [s for s in self.sources.values() if s.date is not None]
        return max(dated, key=_last_day, default=None)

    def source_of(self, quote: Quote) -> Source:
        """The source a quote stands in."""
        return self.sources[quote.source]

    def quotes(self) -> Iterator[Quote]:
        """Every quote of every record, in no promised order."""
        for person in self.people.values():
            yield from person.country.quotes
            yield from person.known_for.quotes if person.known_for else ()
            yield from person.age.quotes if person.age else ()
            for report in person.custody:
                yield from report.quotes
        claims: list[Event | Observance | Figure | Call | Listing] = [*self.events.values(), *self.observances.values()]
        claims += [*self.figures.values(), *self.calls.values(), *self.listings.values()]
        for claim in claims:
            yield from claim.quotes
            yield from () if isinstance(claim, Observance) else claim.country_quotes
            yield from claim.ended.quotes if isinstance(claim, Listing) and claim.ended else ()

    def without(self, *, people: frozenset[str], events: frozenset[str], sources: frozenset[str]) -> "Calendar":
        """The calendar with these held: nothing of them is posted, found, listed or counted.

        A person held vanishes from shared events too; an event left with nobody goes, and so does
        a claim none of whose quotes stands in a source that is not held.
        """
        from bot.records.holding import hold  # noqa: PLC0415 (holding builds calendars)

        return hold(self, people=people, events=events, sources=sources)


def _last_day(source: Source) -> date:
    return source.date.last if source.date is not None else date.min
