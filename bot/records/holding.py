"""Silence: the calendar as it is once people, events or sources are held.

Pure. Which ones are held is kept in the database (`outbox`), never in `calendar/`.
A quote that names a held person along with others has that name blacked out where it is told of the
others: they must not vanish too, nor may Vigil say an outdated thing of them. Where a quote is told
of nobody in particular it is blanked whole, since its other words may tell who is meant.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.records.listing import Listing
from bot.records.model import (
    Call,
    CustodyReport,
    Event,
    Figure,
    Labels,
    Observance,
    Person,
    Quote,
    Quoted,
    QuotedAge,
    Source,
)

if TYPE_CHECKING:
    from bot.records.collection import Calendar

_Claim = TypeVar("_Claim", Event, Observance, Figure, Call, CustodyReport, Quoted, QuotedAge)


def hold(
    calendar: "Calendar", *, people: frozenset[str], events: frozenset[str], sources: frozenset[str]
) -> "Calendar":
    """The calendar without what is held; see `Calendar.without`."""
    if not (people or events or sources):
        return calendar
    held = [calendar.people[p] for p in people if p in calendar.people]
    others = [person for person_id, person in calendar.people.items() if person_id not in people]
    silence = _Silence(sources, held, others)
    kept = {i: p for i, person in calendar.people.items() if i not in people and (p := silence.person(person))}
    return replace(
        calendar,
        sources={i: silence.source(s) for i, s in calendar.sources.items() if i not in sources},
        people=kept,
        events={i: e for i, event in calendar.events.items() if i not in events and (e := silence.event(event, kept))},
        observances={i: o for i, o in silence.shown(calendar.observances).items() if i not in events},
        figures=silence.shown(calendar.figures),
        calls=silence.shown(calendar.calls),
        documents={i: silence.masked(text) for i, text in calendar.documents.items() if i not in sources},
        listings={i: silence.listing(listing) for i, listing in calendar.listings.items()},
        revision=f"{calendar.revision}-{_digest(people, events, sources)}",
    )


def spellings(person: Person) -> frozenset[str]:
    """Every way a person's name is written in the calendar, display names included."""
    return frozenset(_texts(person.names)) | {spelling.name for spelling in person.spellings}


class _Silence:
    """Drops quotes of held sources and blanks quotes that name a held person."""

    def __init__(self, sources: frozenset[str], held: Sequence[Person], others: Sequence[Person]) -> None:
        self._sources = sources
        # First names too: "Ihar is the fifth political prisoner to die" names somebody. Whole names
        # of other people are taken out first, lest one Ales silence another.
        self._parts = _pattern(part for person in held for name in spellings(person) for part in name.split())
        self._others = _pattern(name for person in others for name in spellings(person))

    def source(self, source: Source) -> Source:
        """A source with held names blacked out of its title."""
        title = self.masked(source.title)
        return source if title == source.title else source.model_copy(update={"title": title})

    def claim(self, claim: _Claim, *, of_others: bool = False) -> _Claim | None:
        """A claim without what is held; `of_others` if it is told of people who are not."""
        quotes = self._quotes(claim.quotes, of_others=of_others)
        update: dict[str, object] = {"quotes": quotes}
        if isinstance(claim, (Event, Figure, Call)):
            update["country_quotes"] = self._quotes(claim.country_quotes, of_others=of_others)
        return claim.model_copy(update=update) if quotes else None

    def shown(self, claims: Mapping[str, _Claim]) -> dict[str, _Claim]:
        """Those of which some words may still be shown."""
        kept = {i: self.claim(claim) for i, claim in claims.items()}
        return {i: claim for i, claim in kept.items() if claim and any(quote.is_shown for quote in claim.quotes)}

    def event(self, event: Event, people: Mapping[str, Person]) -> Event | None:
        remaining = tuple(person for person in event.people if person in people)
        title = event.title if event.title is None or not self._names_somebody(*_texts(event.title)) else None
        if (event.people and not remaining) or (not event.people and title is None):
            return None
        kept = self.claim(event, of_others=bool(remaining))
        if kept and not remaining and not any(quote.is_shown for quote in kept.quotes):
            return None
        return kept.model_copy(update={"people": remaining, "title": title}) if kept else None

    def listing(self, listing: Listing) -> Listing:
        """A listing goes on protecting readers: without words of held sources or people, never without effect.

        Where none of its quotes may be shown, its decision may not be told either.
        """
        quotes = self._quotes(listing.quotes, of_others=False)
        names = [*_texts(listing.decision), *(_texts(listing.organisation) if listing.organisation else ())]
        if self._names_somebody(*names):
            quotes = tuple(self._blanked(quote) for quote in quotes)
        ended = listing.ended and listing.ended.model_copy(
            update={"quotes": self._quotes(listing.ended.quotes, of_others=False)}
        )
        country_quotes = self._quotes(listing.country_quotes, of_others=False)
        return listing.model_copy(update={"quotes": quotes, "country_quotes": country_quotes, "ended": ended})

    def person(self, person: Person) -> Person | None:
        country = self._quotes(person.country.quotes, of_others=True)
        if not country:
            return None
        return person.model_copy(
            update={
                "country": person.country.model_copy(update={"quotes": country}),
                "spellings": tuple(s for s in person.spellings if s.source not in self._sources),
                "known_for": self.claim(person.known_for, of_others=True) if person.known_for else None,
                "age": self.claim(person.age, of_others=True) if person.age else None,
                "custody": tuple(kept for report in person.custody if (kept := self.claim(report, of_others=True))),
            }
        )

    def _quotes(self, quotes: tuple[Quote, ...], *, of_others: bool) -> tuple[Quote, ...]:
        hide = self._masked if of_others else self._blanked
        standing = (quote for quote in quotes if quote.source not in self._sources)
        return tuple(hide(quote) if self._names_somebody(quote.exact) else quote for quote in standing)

    def _masked(self, quote: Quote) -> Quote:
        around = {
            "prefix": quote.prefix and self.masked(quote.prefix),
            "suffix": quote.suffix and self.masked(quote.suffix),
        }
        return quote.model_copy(update={"exact": self.masked(quote.exact), "translations": {}} | around)

    def masked(self, text: str) -> str:
        """The text with held names blacked out at equal length, so that passages stay where they were."""
        for start, end in reversed(list(self._found(text))):
            text = f"{text[:start]}{'█' * (end - start)}{text[end:]}"
        return text

    def _names_somebody(self, *texts: str) -> bool:
        return any(True for _ in self._found(" ".join(texts)))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a held name or a part of one stands, and not within another person's whole name."""
        if self._parts is None:
            return
        of_others = [m.span() for m in self._others.finditer(text)] if self._others else []
        for match in self._parts.finditer(text):
            if not any(start <= match.start() < end for start, end in of_others):
                yield match.span()

    @staticmethod
    def _blanked(quote: Quote) -> Quote:
        return quote.model_copy(update={"exact": "", "prefix": None, "suffix": None, "translations": {}})


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, the longest first, as the beginning of a word ("Lednik" finds "Lednik’s")."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})") if ordered else None


def _texts(labels: Labels) -> tuple[str, ...]:
    return tuple(text for text in (getattr(labels, name) for name in type(labels).model_fields) if text)


def _digest(*held: frozenset[str]) -> str:
    return hashlib.sha256(repr([sorted(ids) for ids in held]).encode()).hexdigest()[:16]
