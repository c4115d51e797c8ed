"""What a post says of each record, as digests that Vigil's own wording does not change.

Pure. Templates, catalogues and the passing of time change nothing here: only what the records say, in
the language of the post. What was told stands as long as the calendar could still say it: a quote or a
person added beside it, or a later report of the same custody, takes nothing back. Whoever changes what
is digested raises `stated.VERSION`.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.posts.citations import telling
from bot.posts.stated import Claimed
from bot.records.collection import Calendar
from bot.records.custody import Custody, Report, custody, custody_reports
from bot.records.model import Call, Event, Figure, Labels, Observance, Person, Quote

_DIGEST_BYTES = 8

Claim = tuple[Any, ...]
Record = Person | Event | Observance | Figure | Call


@dataclass(frozen=True, slots=True)
class Claims:
    """What a calendar claims, in one language, as of one day."""

    calendar: Calendar
    language: str
    on: date

    def told(self, records: Collection[str], *, fact: str | None = None) -> tuple[Claimed, ...]:
        """What a post says that states these records; of the record of a fact, with its quotations."""
        found = ((sort, record) for record in dict.fromkeys(records) for sort, known in self._all() if record in known)
        return tuple(
            Claimed(f"{sort}:{record}", _digests(self._told(dict(self._all())[sort][record], records, record == fact)))
            for sort, record in found
        )

    def stand(self, told: Iterable[Claimed]) -> bool:
        """Whether the calendar could still say all of it."""
        return all((now := self.present(claimed)) is not None and self._says(claimed, now) for claimed in told)

    def present(self, claimed: Claimed) -> str | None:
        """The id that the record has now: its own, or where it was renamed, that of one which says the same."""
        sort, _, record = claimed.record.partition(":")
        known = dict(self._all())[sort]
        return record if record in known else next((other for other in known if self._says(claimed, other)), None)

    def _says(self, claimed: Claimed, record: str) -> bool:
        known = dict(self._all())[claimed.record.partition(":")[0]][record]
        return frozenset(claimed.digests) <= frozenset(_digests(self._sayable(known)))

    def _all(self) -> Sequence[tuple[str, Mapping[str, Record]]]:
        of = self.calendar
        return (
            ("person", of.people),
            ("event", of.events),
            ("observance", of.observances),
            ("figure", of.figures),
            ("call", of.calls),
        )

    def _told(self, record: Record, records: Collection[str], is_fact: bool) -> Iterator[Claim]:
        """What a post says of a record: the people it names, the quotes it shows, the last report alone."""
        if isinstance(record, Person):
            yield from self._of_person(record)
            now = custody(self.calendar, record.id, on=self.on)
            # After a death nothing is said of custody, of days before it either.
            if custody(self.calendar, record.id, on=date.max).status != "died":
                yield from self._custody(now)
                yield from self._reported(now)
            shown = telling([*now.quotes, *_own_quotes(record)]) if is_fact else ()
        else:
            people = [person for person in record.people if person in records] if isinstance(record, Event) else []
            yield from self._of_claim(record, people)
            shown = telling(record.quotes, death=isinstance(record, Event) and record.kind == "death")
        yield from self._quoted(shown)

    def _sayable(self, record: Record) -> Iterator[Claim]:
        """All that could be said of a record: everyone it names, every quote, every report."""
        for claims in (self, replace(self, language="en")):  # English stands in for a label not yet translated
            if isinstance(record, Person):
                yield from claims._of_every_report(record)
            elif not (isinstance(record, Event) and record.withdrawn is not None):
                yield from claims._of_claim(record, record.people if isinstance(record, Event) else ())
                yield from claims._quoted(record.quotes)

    def _of_every_report(self, person: Person) -> Iterator[Claim]:
        reports = custody_reports(self.calendar, person.id)
        yield from self._of_person(person)
        yield from self._custody(custody(self.calendar, person.id, on=self.on))
        for report in reports:
            yield from self._reported(report)
            yield from self._quoted(report.quotes)
        yield from self._quoted(_own_quotes(person))

    def _of_person(self, person: Person) -> Iterator[Claim]:
        yield ("name", self._label(person.names))
        if person.known_for is not None:
            yield ("known for", self._label(person.known_for.labels))
        if person.age is not None:
            yield ("age", person.age.years)

    def _custody(self, now: Custody) -> Iterator[Claim]:
        if now.status != "unknown":
            # "Held incommunicado" is told as imprisoned: a report of one beside the other takes nothing back.
            yield ("custody", "imprisoned" if now.counts_as_imprisoned else now.status)

    def _reported(self, report: Report | Custody) -> Iterator[Claim]:
        detail = self._label(report.detail) if report.detail else None
        for quote in report.quotes:
            yield ("report", report.status, detail, str(report.as_of), *self._document(quote))

    def _of_claim(self, record: Event | Observance | Figure | Call, people: Iterable[str]) -> Iterator[Claim]:
        match record:
            case Event():
                yield ("event", record.kind, record.in_custody, str(record.date), record.others)
                yield ("title", self._label(record.title) if record.title else None)
                for person in people:
                    yield ("of", self._label(self.calendar.people[person].names))
            case Observance():
                yield ("observance", record.day, self._label(record.names))
            case Figure():
                amount = (record.value, record.words, record.qualifier)
                yield ("figure", record.measure, record.country, str(record.date), *amount)
            case Call():
                yield ("call", self._label(record.by), self._label(record.to) if record.to else None)

    def _quoted(self, quotes: Iterable[Quote]) -> Iterator[Claim]:
        for quote in quotes:
            yield ("quote", quote.exact, quote.speaker, quote.through, *self._document(quote))
            translation = quote.translations.get(self.language)  # type: ignore[call-overload]
            if translation is not None and translation.reviewed:
                yield ("translation", quote.exact, translation.text)

    def _document(self, quote: Quote) -> Claim:
        source = self.calendar.source_of(quote)
        return (self._label(source.publisher), str(source.date))

    def _label(self, labels: Labels) -> str:
        return labels.in_language(self.language)


def _own_quotes(person: Person) -> Iterator[Quote]:
    yield from person.known_for.quotes if person.known_for else ()
    yield from person.country.quotes


def _digests(claims: Iterable[Claim]) -> tuple[str, ...]:
    found = (hashlib.sha256(repr(claim).encode()).digest()[:_DIGEST_BYTES].hex() for claim in claims)
    return tuple(dict.fromkeys(found))
