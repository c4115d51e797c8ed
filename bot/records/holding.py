"""Silence: the calendar as it is once people, events or sources are held.

Pure. Which ones are held is kept in the database (`outbox`), never in `calendar/`.
A quote that names a held person is blanked, not dropped: what it says of the custody of others
must still count, or holding one person would make Vigil say an outdated thing of another.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.records.model import Call, CustodyReport, Event, Figure, Observance, Person, Quote, Quoted, QuotedAge

if TYPE_CHECKING:
    from bot.records.collection import Calendar

_Claim = TypeVar("_Claim", Event, Observance, Figure, Call, CustodyReport, Quoted, QuotedAge)


def hold(
    calendar: "Calendar", *, people: frozenset[str], events: frozenset[str], sources: frozenset[str]
) -> "Calendar":
    """The calendar without what is held; see `Calendar.without`."""
    if not (people or events or sources):
        return calendar
    names = frozenset(name for p in people if p in calendar.people for name in spellings(calendar.people[p]))
    silence = _Silence(sources, names)
    kept = {i: p for i, person in calendar.people.items() if i not in people and (p := silence.person(person))}
    return replace(
        calendar,
        sources={i: s for i, s in calendar.sources.items() if i not in sources},
        people=kept,
        events={i: e for i, event in calendar.events.items() if i not in events and (e := silence.event(event, kept))},
        observances={i: o for i, o in silence.shown(calendar.observances).items() if i not in events},
        figures=silence.shown(calendar.figures),
        calls=silence.shown(calendar.calls),
        revision=f"{calendar.revision}-{_digest(people, events, sources)}",
    )


def spellings(person: Person) -> frozenset[str]:
    """Every way a person's name is written in the calendar, display names included."""
    displayed = {getattr(person.names, language) for language in type(person.names).model_fields}
    return frozenset({name for name in displayed if name} | {spelling.name for spelling in person.spellings})


class _Silence:
    """Drops quotes of held sources and blanks quotes that name a held person."""

    def __init__(self, sources: frozenset[str], names: frozenset[str]) -> None:
        self._sources = sources
        self._names = names

    def claim(self, claim: _Claim) -> _Claim | None:
        quotes = self._quotes(claim.quotes)
        update: dict[str, object] = {"quotes": quotes}
        if isinstance(claim, (Event, Figure, Call)):
            update["country_quotes"] = self._quotes(claim.country_quotes)
        return claim.model_copy(update=update) if quotes else None

    def shown(self, claims: Mapping[str, _Claim]) -> dict[str, _Claim]:
        """Those of which some words may still be shown."""
        kept = {i: self.claim(claim) for i, claim in claims.items()}
        return {i: claim for i, claim in kept.items() if claim and any(quote.is_shown for quote in claim.quotes)}

    def event(self, event: Event, people: Mapping[str, Person]) -> Event | None:
        remaining = tuple(person for person in event.people if person in people)
        if event.people and not remaining:
            return None
        kept = self.claim(event)
        return kept.model_copy(update={"people": remaining}) if kept else None

    def person(self, person: Person) -> Person | None:
        country = self._quotes(person.country.quotes)
        if not country:
            return None
        return person.model_copy(
            update={
                "country": person.country.model_copy(update={"quotes": country}),
                "spellings": tuple(s for s in person.spellings if s.source not in self._sources),
                "known_for": self.claim(person.known_for) if person.known_for else None,
                "age": self.claim(person.age) if person.age else None,
                "custody": tuple(kept for report in person.custody if (kept := self.claim(report))),
            }
        )

    def _quotes(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        standing = (quote for quote in quotes if quote.source not in self._sources)
        return tuple(self._blanked(quote) if self._names_somebody(quote) else quote for quote in standing)

    def _names_somebody(self, quote: Quote) -> bool:
        surnames = {name.split()[-1] for name in self._names}
        return any(name in quote.exact for name in surnames)

    @staticmethod
    def _blanked(quote: Quote) -> Quote:
        return quote.model_copy(update={"exact": "", "prefix": None, "suffix": None, "translations": {}})


def _digest(*held: frozenset[str]) -> str:
    return hashlib.sha256(repr([sorted(ids) for ids in held]).encode()).hexdigest()[:16]
