"""Every claim of the calendar in one shape, so that each rule of checking is written once. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from bot.records.listing import Listing, ListingEnd
from bot.records.loading import Loaded
from bot.records.model import Call, CustodyReport, Dated, Event, Figure, Observance, Person, Quote, Source
from bot.records.problems import Problem, shown
from bot.records.quotes import locate, normalised
from bot.records.wording.namings import Roster
from bot.records.wording.passages import Sentence, read_passage
from bot.records.wording.stems import Span

Subject = Event | Observance | Figure | Call | CustodyReport | Listing | ListingEnd | None


@dataclass(frozen=True)
class Citation:
    """A quote of a claim at its key ("quotes.0"), with its document and its place there.

    `source` is null where there is no such source, `place` where the document has no such passage.
    """

    key: str
    quote: Quote
    source: Source | None
    document: str
    place: Span | None
    roster: Roster

    @property
    def language(self) -> str:
        """The document's language; English where the source is unknown."""
        return self.source.language if self.source else "en"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences; those of the quote itself where the document has no such passage."""
        # The document's own text keeps the line breaks that part a heading from what follows.
        exact = self.quote.exact
        words, span = (self.document, self.place) if self.place else (exact, (0, len(exact)))
        return read_passage(words, span, self.quote.source, self.language, self.roster)


@dataclass(frozen=True)
class Claim:
    """Something asserted in `file` at `key`, with the quotes that must bear it out.

    `subject` is the record itself where it is an event, observance, figure, call, listing (or its end) or custody
    report; `people` are the ids whom it names, as far as they exist; `country_quotes` only ground its country.
    """

    loaded: Loaded
    file: str
    key: str
    quotes: tuple[Quote, ...]
    subject: Subject = None
    people: tuple[str, ...] = ()
    country_quotes: tuple[Quote, ...] = ()

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Its quotes, each found in its document."""
        return tuple(self._cite(f"quotes.{number}", quote) for number, quote in enumerate(self.quotes))

    @cached_property
    def country_citations(self) -> tuple[Citation, ...]:
        """Its country quotes, each found in its document."""
        return tuple(self._cite(f"country_quotes.{number}", quote) for number, quote in enumerate(self.country_quotes))

    def _cite(self, key: str, quote: Quote) -> Citation:
        calendar = self.loaded.calendar
        source, document = calendar.sources.get(quote.source), calendar.documents.get(quote.source, "")
        place = locate(document, quote) if document else None
        return Citation(key, quote, source, document, place, roster_of(self.loaded))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of its quotes, country quotes left out."""
        return tuple(sentence for citation in self.citations for sentence in citation.sentences)

    @cached_property
    def text(self) -> str:
        """The words of its quotes, white space folded, one after another."""
        return normalised(" … ".join(quote.exact for quote in self.quotes))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources of its quotes, as far as they exist, each once."""
        sources = self.loaded.calendar.sources
        ids = dict.fromkeys(quote.source for quote in self.quotes)
        return tuple(sources[i] for i in ids if i in sources)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its quotes; English where no source is known."""
        return tuple(dict.fromkeys(source.language for source in self.sources)) or ("en",)

    @property
    def dated(self) -> Dated | None:
        """Its date with the words that gave it, where it is of a kind that has one."""
        return self.subject if isinstance(self.subject, Dated) else None

    @property
    def newest_source_date(self) -> date | None:
        """The last day on which one of its documents may have appeared; None if one is undated."""
        dates = [source.date.last if source.date else None for source in self.sources]
        known = [day for day in dates if day is not None]
        return max(known) if known and len(known) == len(dates) else None

    def problem(self, key: str, found: object, expected: str, message: str) -> Problem:
        """A fault at a key below this claim's own."""
        place = ".".join(part for part in (self.key, key) if part)
        return Problem(self.file, place, found if isinstance(found, str) else shown(found), expected, message)


@lru_cache(maxsize=1)
def claims(loaded: Loaded) -> tuple[Claim, ...]:
    """Every claim, file by file; made once for all rules."""
    return tuple(_claims(loaded))


@lru_cache(maxsize=1)
def roster_of(loaded: Loaded) -> Roster:
    """The people of the calendar, by every form of their names."""
    return Roster(loaded.calendar.people.values())


def _claims(loaded: Loaded) -> Iterator[Claim]:
    calendar = loaded.calendar
    for person in calendar.people.values():
        yield from _claims_of_person(loaded, person)
    for event in calendar.events.values():
        file = loaded.files[f"events/{event.id}"]
        people = tuple(dict.fromkeys(person for person in event.people if person in calendar.people))
        yield Claim(loaded, file, "", event.quotes, event, people, event.country_quotes)
    for observance in calendar.observances.values():
        yield Claim(loaded, loaded.files[f"observances/{observance.id}"], "", observance.quotes, observance)
    for figure in calendar.figures.values():
        file = loaded.files[f"figures/{figure.id}"]
        yield Claim(loaded, file, figure.id, figure.quotes, figure, (), figure.country_quotes)
    for call in calendar.calls.values():
        file = loaded.files[f"calls/{call.id}"]
        yield Claim(loaded, file, call.id, call.quotes, call, (), call.country_quotes)
    for listing in calendar.listings.values():
        file = loaded.files[f"listings/{listing.id}"]
        yield Claim(loaded, file, "", listing.quotes, listing, (), listing.country_quotes)
        if listing.ended:
            yield Claim(loaded, file, "ended", listing.ended.quotes, listing.ended)


def _claims_of_person(loaded: Loaded, person: Person) -> Iterator[Claim]:
    file, who = loaded.files[f"people/{person.id}"], (person.id,)
    yield Claim(loaded, file, "country", person.country.quotes, people=who)
    if person.known_for:
        yield Claim(loaded, file, "known_for", person.known_for.quotes, people=who)
    if person.age:
        yield Claim(loaded, file, "age", person.age.quotes, people=who)
    for number, report in enumerate(person.custody):
        yield Claim(loaded, file, f"custody.{number}", report.quotes, report, who)
