"""Where a text names people of the calendar, and which of them a date, number or word stands beside. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from bot.records.holding import spellings
from bot.records.model import Person
from bot.records.wording.cues import JOINING, NOT_JOINING
from bot.records.wording.stems import Span

_TITLES = frozenset({
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Professor", "Father", "Sir", "President", "Leader", "Laureate", "Activist",
    "Journalist", "Defender", "Prisoner", "Blogger", "Lawyer", "Artist", "Poet", "Politician", "Bishop", "Priest",
    "Pastor",
})  # fmt: skip
_PAUSE = re.compile(r"[,;:–—(]|\s(?:and|but|while|і|ды|але|и|да|но)\s")
_CLAUSE = re.compile(r"[,;:–—]\s")
_CAPITALISED = r"[^\W\d_a-zа-яёіў]\w*[a-zа-яёіў]"
_BEFORE = re.compile(rf"(?P<preposition>(?<!\w)(?:[Ii]n|[Oo]n|[Aa]t)\s+)?(?P<word>{_CAPITALISED})\.?\s+$")
_NAME_WORD = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіў][\w’'-]*")
_INFLECTED = "аеёіоуыэюяйиьąęaioyė"
_AFTER = re.compile(rf"\s+{_CAPITALISED}")


class Placed(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name somebody; several ids where people share that surname, or are named in one breath."""

    people: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to name a person: whole, by surname, or by first name."""

    person: str
    part: Literal["whole", "surname", "first name"]
    name: str
    pattern: re.Pattern[str]


class Roster:
    """The people of a calendar by every form of name that a given document may use."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        self._by_source: dict[tuple[str, str], dict[str, list[_Form]]] = {}

    def namings(self, text: str, source: str, language: str) -> tuple[Naming, ...]:
        """Everybody the text names: by whole name, surname, or a first name nobody else in that document has."""
        forms, found = self._forms(source, language), list[Naming]()
        for word in _NAME_WORD.finditer(text):
            if found and word.start() < found[-1].end:
                continue
            fitting = [
                (form, m.end())
                for form in forms.get(_key(word[0]), ())
                if (m := form.pattern.match(text, word.start()))
            ]
            if not fitting:
                continue
            span = word.start(), max(end for _, end in fitting)
            longest = [form for form, end in fitting if end == span[1]]
            if not _is_somebody_else(text, span, {form.part for form in longest}):
                found.append(Naming(frozenset(form.person for form in longest), *span))
        return tuple(found)

    def _forms(self, source: str, language: str) -> dict[str, list[_Form]]:
        """The forms by the beginning of their first word."""
        if (key := (source, language)) not in self._by_source:
            by_beginning: dict[str, list[_Form]] = {}
            for form in self._collected(source, language):
                by_beginning.setdefault(_key(form.name), []).append(form)
            self._by_source[key] = by_beginning
        return self._by_source[key]

    def _collected(self, source: str, language: str) -> Iterator[_Form]:
        firsts: dict[str, set[str]] = {}
        for person in self._people:
            for name in sorted(spellings(person)):
                yield _form(person.id, "whole", name, language)
                if " " in name:
                    yield _form(person.id, "surname", name.split()[-1], language)
            for spelling in person.spellings:
                if spelling.source == source and " " in spelling.name:
                    firsts.setdefault(spelling.name.split()[0], set()).add(person.id)
        for first, people in firsts.items():
            if len(people) == 1:
                yield _form(next(iter(people)), "first name", first, language)


def clusters(text: str, namings: Sequence[Naming], language: str) -> tuple[Naming, ...]:
    """Names listed together as one: "Ales Bialiatski and fellow defenders Valentsin Stefanovich and …"."""
    found: list[Naming] = []
    for naming in namings:
        if found and _joins(text[found[-1].end : naming.start], language):
            last = found.pop()
            found.append(Naming(last.people | naming.people, last.start, naming.end))
        else:
            found.append(naming)
    return tuple(found)


def governor(text: str, items: Sequence[P], anchor: Span) -> P | None:
    """The item that the anchor belongs to: the last before it in its clause, else the nearest."""
    if not items:
        return None
    here = max((m.end() for m in _CLAUSE.finditer(text, 0, anchor[0])), default=0)
    if before := [item for item in items if here <= item.start and item.end <= anchor[0]]:
        return before[-1]
    return min(items, key=lambda item: distance(text, (item.start, item.end), anchor))


def distance(text: str, one: Span, other: Span) -> int:
    """Characters between two places; each pause or "and" between them counts as twenty more."""
    first, second = sorted((one, other))
    gap = text[first[1] : second[0]]
    return len(gap) + 20 * len(_PAUSE.findall(gap))


def _joins(gap: str, language: str) -> bool:
    words = "|".join(map(re.escape, JOINING.get(language, ())))
    if not words:
        return False
    list_of_names = rf"\s*(?:,\s*(?:(?:{words})\s+)?|\s(?:{words})\s+)(?P<more>(?:[^\W\d]+[\s-]+){{0,5}})"
    listed = re.fullmatch(list_of_names, gap)
    return listed is not None and not NOT_JOINING.intersection(listed["more"].lower().split())


def _is_somebody_else(text: str, span: Span, parts: set[str]) -> bool:
    """Whether part of a name is another's: "Darya Losik" is not Ihar, "Ihar Petrov" not Ihar Losik."""
    if "whole" in parts:
        return False
    if "first name" in parts and _AFTER.match(text, span[1]):
        return True
    before = _BEFORE.search(text[: span[0]]) if "surname" in parts else None
    if before is None or before["preposition"] or before["word"] in _TITLES:
        return False
    return text[: before.start("word")].strip(' “"«„') != ""


def _form(person: str, part: Literal["whole", "surname", "first name"], name: str, language: str) -> _Form:
    """The name as it is looked for: in English as it is, elsewhere with any ending on each word."""
    if language == "en":
        pattern = r"\s+".join(re.escape(word) for word in name.split())
    else:
        pattern = r"\s+".join(rf"{re.escape(_stem(word))}\w{{0,4}}" for word in name.split())
    return _Form(person, part, name, re.compile(rf"{pattern}(?!\w)"))


def _key(name: str) -> str:
    return name[:3].casefold()


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1].lower() in _INFLECTED else word
