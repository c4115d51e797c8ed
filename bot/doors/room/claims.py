"""What rests on a document: every claim that quotes it, with the place of its words.

Pure. Labels are plain text in the page's language.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.doors.room.passages import Span
from bot.posts.dates import listing, number, partial_date
from bot.posts.figures import country_name
from bot.posts.translations import Translator
from bot.posts.wording import label, name_of
from bot.records.collection import Calendar
from bot.records.listing import Listing
from bot.records.model import Call, Event, Figure, Person, Quote, Source
from bot.records.quotes import line_of, locate


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and one of its quotes: whom or what it is about, what it says of it, where it stands."""

    subject: str
    aspect: str
    quote: Quote
    span: Span
    line: int


def claims_on(calendar: Calendar, source_id: str, words: Translator) -> list[Claim]:
    """The claims that quote this source, in the order of its text; blanked quotes are left out."""
    document = calendar.documents[source_id]
    found = []
    for subject, aspect, quote in [*_own_date(calendar.sources[source_id], words), *_Claims(calendar, words).quotes()]:
        if quote.source == source_id and quote.is_shown and (span := locate(document, quote)):
            found.append(Claim(subject, aspect, quote, span, line_of(document, span[0])))
    return sorted(found, key=lambda claim: (claim.span, claim.subject, claim.aspect))


def _own_date(source: Source, words: Translator) -> Iterator[tuple[str, str, Quote]]:
    """The passage that dates the document itself."""
    if source.date is not None and source.dated is not None:
        subject = partial_date(source.date, words.language)
        yield subject, words.gettext("date of the document"), Quote(source=source.id, exact=source.dated.exact)


class _Claims:
    """Goes through a calendar's quotes and says in few words what each is the ground of."""

    def __init__(self, calendar: Calendar, words: Translator) -> None:
        self._calendar = calendar
        self._language = words.language
        self._words = words

    def quotes(self) -> Iterator[tuple[str, str, Quote]]:
        for person in self._calendar.people.values():
            yield from self._of_person(person)
        for event in self._calendar.events.values():
            yield from self._of(event, self._whose(event), event_label(event, self._words))
        for observance in self._calendar.observances.values():
            name, aspect = label(observance.names, self._language), self._words.gettext("yearly day")
            yield from ((name, aspect, quote) for quote in observance.quotes)
        for figure in self._calendar.figures.values():
            yield from self._of(figure, self._number(figure), self._words.gettext("figure"))
        for call in self._calendar.calls.values():
            yield from self._of(call, self._parties(call), self._words.gettext("call"))
        for listed in self._calendar.listings.values():
            yield from self._of(listed, self._listed(listed), self._words.gettext("listing"))
            ended = listed.ended.quotes if listed.ended else ()
            yield from ((self._listed(listed), self._words.gettext("end of the listing"), quote) for quote in ended)

    def _of(
        self, claim: Event | Figure | Call | Listing, subject: str, aspect: str
    ) -> Iterator[tuple[str, str, Quote]]:
        yield from ((subject, aspect, quote) for quote in claim.quotes)
        yield from ((subject, self._words.gettext("country"), quote) for quote in claim.country_quotes)

    def _of_person(self, person: Person) -> Iterator[tuple[str, str, Quote]]:
        name, t = name_of(person, self._language), self._words
        yield from ((name, t.gettext("country"), quote) for quote in person.country.quotes)
        if person.known_for is not None:
            yield from ((name, t.gettext("known for"), quote) for quote in person.known_for.quotes)
        if person.age is not None:
            yield from ((name, t.gettext("age"), quote) for quote in person.age.quotes)
        for report in person.custody:
            yield from ((name, t.gettext("report of custody"), quote) for quote in report.quotes)

    def _whose(self, event: Event) -> str:
        if event.title is not None:
            return label(event.title, self._language)
        people = self._calendar.people
        return listing([name_of(people[p], self._language) for p in event.people if p in people], self._language)

    def _number(self, figure: Figure) -> str:
        return number(figure.value, self._language) if figure.value is not None else figure.words or ""

    def _listed(self, listing: Listing) -> str:
        """Whose listing it is; never the address, which is shown to who asks for it."""
        name = country_name(listing.jurisdiction, self._language)
        return f"{label(listing.organisation, self._language)} ({name})" if listing.organisation else name

    def _parties(self, call: Call) -> str:
        by = label(call.by, self._language)
        return f"{by} → {label(call.to, self._language)}" if call.to is not None else by


def event_label(event: Event, words: Translator) -> str:
    """The kind of an event in a word or two."""
    if event.in_custody:
        return words.gettext("death in custody")
    return {
        "arrest": words.gettext("arrest"),
        "detention": words.gettext("detention"),
        "sentence": words.gettext("sentence"),
        "death": words.gettext("death"),
        "release": words.gettext("release"),
        "disappearance": words.gettext("held incommunicado"),
        "birth": words.gettext("birth"),
        "statement": words.gettext("statement"),
        "resolution": words.gettext("resolution"),
        "election": words.gettext("election"),
        "rally": words.gettext("rally"),
        "repression": words.gettext("repression"),
    }[event.kind]
