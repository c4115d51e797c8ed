"""The sentences of a quoted passage, each with the people it names or means by a pronoun. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.records.wording.countries import NamedCountry, countries_in
from bot.records.wording.cues import PRONOUNS
from bot.records.wording.mentions import Mention, mentions_in
from bot.records.wording.namings import Naming, Roster, clusters
from bot.records.wording.numbers import Number, numbers_in
from bot.records.wording.sentences import sentence_spans
from bot.records.wording.stems import Span, spans_of

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a quote, white space folded.

    `namings` are names, and pronouns before any name, which mean whom the sentence before it named.
    """

    text: str
    source: str
    language: str
    namings: tuple[Naming, ...] = ()

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody it names or means."""
        return frozenset().union(*(naming.people for naming in self.namings))

    @cached_property
    def clusters(self) -> tuple[Naming, ...]:
        """Its names, those listed together as one."""
        return clusters(self.text, self.namings, self.language)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Its dates."""
        return mentions_in(self.text, self.language)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, those within dates left out."""
        taken = [(m.start, m.end) for m in self.mentions]
        return tuple(n for n in numbers_in(self.text) if not any(start <= n.start < end for start, end in taken))

    @cached_property
    def countries(self) -> tuple[NamedCountry, ...]:
        """The countries it names."""
        return countries_in(self.text, self.language)


def read_passage(document: str, place: Span, source: str, language: str, roster: Roster) -> tuple[Sentence, ...]:
    """The sentences of a passage of a document, in order, the first and last as far as it reaches."""
    return tuple(_read(document, place, source, language, roster))


def _read(document: str, place: Span, source: str, language: str, roster: Roster) -> Iterator[Sentence]:
    before: frozenset[str] = frozenset()
    for start, end in sentence_spans(document):
        if end <= place[0] or start >= place[1]:
            continue
        text = _SPACE.sub(" ", document[max(start, place[0]) : min(end, place[1])])
        named = roster.namings(text, source, language)
        meant = _meant(text, language, named, before)
        sentence = Sentence(text, source, language, (*meant, *named))
        yield sentence
        before = sentence.people


def _meant(text: str, language: str, named: tuple[Naming, ...], before: frozenset[str]) -> tuple[Naming, ...]:
    if not before:
        return ()
    first = named[0].start if named else len(text)
    places = spans_of(PRONOUNS.get(language, ()), text[:first])
    return tuple(Naming(before, start, end) for start, end in places)
