"""Which sentences of a claim's quotes state what it says, and which of their dates are its own.

What is said in one sentence of one person must not be borrowed for another: the person, the kind and
the date stand together in a sentence of one quote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.records.claims import Claim
from bot.records.model import CustodyReport, Event, Figure
from bot.records.wording.cues import AS_OF, DEMANDS, SINCE, UNFULFILLED
from bot.records.wording.mentions import Mention
from bot.records.wording.namings import distance, governor
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import Span, ends_with_any, has_any, spans_of, without
from bot.records.wording.words import (
    ALIVE,
    CUSTODY,
    KINDS,
    KINDS_OF_PEOPLE,
    LEAVING,
    NO_KIND,
    PARDON,
    WAS_RELEASED,
    stems_for,
)

_HEADING = re.compile(r"\W*(?:\w+\W+){0,5}")
_ATTRIBUTED_BEFORE = re.compile(r"(?:^|\W)(?:the|this|that|its|his|her|their|a)\s+$", re.IGNORECASE)
_ATTRIBUTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|but|in|on|at|by|to|of|as|for|with|from|until|is|was|were|has|had)\b)[a-z]"
)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Words side by side that tell of one or more kinds: "detained and sentenced"."""

    kinds: frozenset[str]
    start: int
    end: int


def grounding(claim: Claim, person: str | None = None) -> list[Sentence]:
    """The sentences that state the claim, of this person where one is given."""
    return [s for s in claim.sentences if (person is None or person in s.people) and states(claim, s, person)]


def states(claim: Claim, sentence: Sentence, person: str | None = None) -> bool:
    """Whether the sentence says in words what an event, report or figure says; true of claims without a kind."""
    subject = claim.subject
    if isinstance(subject, Event) and any(subject.kind in kinds for kinds in KINDS.values()):
        return _tells_kind(sentence, subject.kind, person)
    if isinstance(subject, CustodyReport):
        return _tells_custody(sentence, subject.status, person)
    if isinstance(subject, Figure):
        return bool(places_of_figure(subject, sentence))
    return True


def places_of_figure(figure: Figure, sentence: Sentence) -> list[Span]:
    """Where the sentence has the figure's number, or the words that stand for it."""
    if figure.words is not None:
        return spans_of((f"{figure.words}!",), sentence.text)
    counts = [n for n in sentence.numbers if n.value == figure.value and n.is_count]
    # "The fifth to die" makes five deaths; "the third rally" makes no three of anything.
    return [(n.start, n.end) for n in counts if not n.is_ordinal or figure.measure.startswith("died")]


def usable_mentions(claim: Claim, person: str | None) -> Iterator[tuple[Sentence, Mention]]:
    """The dates that a claim may take as its own, with the sentences they stand in."""
    for sentence in grounding(claim, person):
        own = [m for m in sentence.mentions if _is_usable(claim, person, sentence, m)]
        as_of = [m for m in own if is_as_of(sentence, m)]
        # "As of March 2023" is what a report or number speaks of, whatever other date stands beside it.
        yield from ((sentence, m) for m in (as_of if as_of and not isinstance(claim.subject, Event) else own))


def belongs(claim: Claim, person: str | None, sentence: Sentence, anchor: Span) -> bool:
    """Whether words at this place are said of the claim's kind and person, and not of another's beside them."""
    if person is not None and not _is_heading(sentence, anchor, person):
        cluster = governor(sentence.text, sentence.clusters, anchor)
        if cluster is not None and person not in cluster.people:
            return False
    subject = claim.subject
    if not isinstance(subject, Event) or subject.kind not in KINDS_OF_PEOPLE:
        return True
    near = governor(sentence.text, kind_places(sentence), anchor)
    return near is None or subject.kind in near.kinds


def is_as_of(sentence: Sentence, mention: Mention) -> bool:
    """Whether the date is said to be the day that the sentence speaks of."""
    return ends_with_any(AS_OF.get(sentence.language, ()), sentence.text[: mention.start].rstrip())


def is_since(sentence: Sentence, start: int) -> bool:
    """Whether what stands there is when something began."""
    before = sentence.text[:start].rstrip(" -")
    said = sentence.text[start:].lower()
    words = SINCE.get(sentence.language, ())
    return ends_with_any(words, before) or any(said.startswith(f"{word} ") for word in words)


def kind_places(sentence: Sentence) -> list[_Kinds]:
    """Where the sentence tells of arrests, deaths, releases …, words in one breath taken together."""
    return _together(sentence.text, sorted(_kind_words(sentence), key=lambda place: place.start))


def _kind_words(sentence: Sentence) -> Iterator[_Kinds]:
    language = sentence.language
    for kind in KINDS_OF_PEOPLE:
        none = spans_of(stems_for(NO_KIND, language, kind), sentence.text)
        for start, end in spans_of(stems_for(KINDS, language, kind), sentence.text):
            if not any(first <= start < last for first, last in none):
                yield _Kinds(frozenset({kind}), start, end)
    for start, end in spans_of(PARDON.get(language, ()), sentence.text):
        yield _Kinds(frozenset({"pardon"}), start, end)


def _together(text: str, places: list[_Kinds]) -> list[_Kinds]:
    found: list[_Kinds] = []
    for place in places:
        if found and re.fullmatch(
            r"\w*(?:\s*,\s*|\s+(?:and|or|і|ды|и|или|або)\s+|\s*)", text[found[-1].end : place.start]
        ):
            last = found.pop()
            found.append(_Kinds(last.kinds | place.kinds, last.start, max(last.end, place.end)))
        else:
            found.append(place)
    return found


def _tells_kind(sentence: Sentence, kind: str, person: str | None) -> bool:
    if kind == "release":
        return _tells_release(sentence, person)
    stems = stems_for(KINDS, sentence.language, kind)
    if kind not in KINDS_OF_PEOPLE:
        return has_any(stems, sentence.text)
    places = [place for place in kind_places(sentence) if kind in place.kinds]
    if kind == "death" and person is not None:
        return any(not _is_told_alive(sentence, place, person) for place in places)
    return bool(places)


def _tells_release(sentence: Sentence, person: str | None) -> bool:
    """A release that happened: neither demanded nor waited for, nor that of somebody else in the sentence."""
    text = without(UNFULFILLED.get(sentence.language, ()), sentence.text)
    text = without(stems_for(NO_KIND, sentence.language, "release"), text)
    is_demand = has_any(DEMANDS.get(sentence.language, ()), text)
    stems = WAS_RELEASED.get(sentence.language, ()) if is_demand else stems_for(KINDS, sentence.language, "release")
    places = spans_of(stems, text)
    if len(sentence.clusters) < 2 or person is None:
        return bool(places)
    rivals = spans_of(("remain", *stems_for(CUSTODY, sentence.language, "imprisoned")), text)
    return any(_is_nearer(sentence, person, place, rivals) for place in places)


def _is_nearer(sentence: Sentence, person: str, place: Span, rivals: list[Span]) -> bool:
    """Whether the person's name is nearer to this place than to any of the others."""
    for name in sentence.clusters:
        own = distance(sentence.text, (name.start, name.end), place)
        others = (distance(sentence.text, (name.start, name.end), rival) for rival in rivals)
        if person in name.people and all(own <= other for other in others):
            return True
    return False


def _tells_custody(sentence: Sentence, status: str, person: str | None) -> bool:
    if status == "released":
        return _tells_release(sentence, person)
    text = without(LEAVING.get(sentence.language, ()), sentence.text) if status == "imprisoned" else sentence.text
    return has_any(stems_for(CUSTODY, sentence.language, status), text)


def _is_told_alive(sentence: Sentence, place: _Kinds, person: str) -> bool:
    """Whether "we fear for the lives of those who remain" or the like stands between the death and every name."""
    names = [naming for naming in sentence.namings if person in naming.people]
    between = (sentence.text[min(place.end, n.end) : max(place.start, n.start)] for n in names)
    return bool(names) and all(has_any(ALIVE.get(sentence.language, ()), text) for text in between)


def _is_usable(claim: Claim, person: str | None, sentence: Sentence, mention: Mention) -> bool:
    subject = claim.subject
    is_of_many = isinstance(subject, Figure) or (isinstance(subject, Event) and subject.of_group)
    if is_of_many and is_since(sentence, mention.start):
        return False
    if _is_attributed(sentence, mention) and not _is_followed_by_kind(claim, sentence, mention):
        return False
    return belongs(claim, person, sentence, (mention.start, mention.end))


def _is_heading(sentence: Sentence, anchor: Span, person: str) -> bool:
    """Whether the place opens its sentence ("In early 2023, …") and governs it as far as the person's name."""
    if not _HEADING.fullmatch(sentence.text[: anchor[0]]) or any(n.start < anchor[0] for n in sentence.namings):
        return False
    name = min((n.start for n in sentence.namings if person in n.people), default=0)
    return not any(anchor[1] <= mention.start < name for mention in sentence.mentions)


def _is_attributed(sentence: Sentence, mention: Mention) -> bool:
    """ "The 2020 presidential election": the year is the election's, not the sentence's."""
    if mention.month is not None or sentence.language != "en":
        return False
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    return _ATTRIBUTED_BEFORE.search(before) is not None and _ATTRIBUTED_AFTER.match(after) is not None


def _is_followed_by_kind(claim: Claim, sentence: Sentence, mention: Mention) -> bool:
    kind = claim.subject.kind if isinstance(claim.subject, Event) else ""
    next_words = " ".join(sentence.text[mention.end :].split()[:4])
    stems = stems_for(KINDS, sentence.language, kind)
    return has_any(stems, next_words) if stems else isinstance(claim.subject, Event)
