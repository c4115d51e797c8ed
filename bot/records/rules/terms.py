"""Rules on terms, ages and counts of people: the number is said of the person beside it."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Event, Term
from bot.records.problems import Problem
from bot.records.rules.grounding import grounding
from bot.records.wording.namings import Naming, governor
from bot.records.wording.numbers import Number
from bot.records.wording.passages import Sentence

_RANGE = re.compile(r"(?:[-\s]years?)?\s*(?:to|or|and|–|—|-|да|до|або|или)\s*")


def terms_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """A prison term stands in a sentence beside the person; a range is told as one, of the group."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.term is None:
            continue
        yield from _range_problems(claim, event, event.term)
        for key, years in (("years", event.term.years), ("to_years", event.term.to_years)):
            for person in claim.people or (None,):
                if years is not None and not _gives_term(claim, years, person):
                    who = f" to {person}" if person else ""
                    message = f"no sentence here gives this term{who}"
                    yield claim.problem(f"term.{key}", str(years), "years that a quote gives", message)
                    break


def ages_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """An age stands in a sentence that says it of the person."""
    for claim in claims(loaded):
        if claim.subject is not None or claim.key != "age":
            continue
        person = loaded.calendar.people[claim.people[0]]
        years = person.age.years if person.age else 0
        if not any(_gives_age(sentence, years, person.id) for sentence in claim.sentences):
            message = f"no quote says this of {person.id}"
            yield claim.problem("years", str(years), "an age that a quote gives", message)


def counts_of_others_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """`others` is a number of people in a sentence on the event: no day, year or term."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.others is None:
            continue
        told = [number for sentence in grounding(claim) for number in sentence.numbers]
        if not any(n.value == event.others and n.is_count and not n.is_ordinal for n in told):
            yield claim.problem(
                "others", str(event.others), "a number of people that a quote gives", "no quote says so"
            )


def _range_problems(claim: Claim, event: Event, term: Term) -> Iterator[Problem]:
    ranges = [span for sentence in grounding(claim) for span in _ranges(sentence)]
    if term.to_years is not None and term.to_years <= term.years:
        message = "a range goes from the shorter term to the longer"
        yield claim.problem("term.to_years", str(term.to_years), f"more than {term.years}", message)
    elif term.to_years is not None and (term.years, term.to_years) not in ranges:
        message = "no quote gives this range"
        yield claim.problem("term.to_years", str(term.to_years), "a range that a quote gives", message)
    for first, last in ranges:
        if term.to_years is None and term.years in (first, last):
            message = "the quote gives a range, which is nobody's own term"
            yield claim.problem("term", str(term.years), f"years: {first} and to_years: {last}", message)
    if ranges and not event.of_group:
        message = "a range of terms is said of a group and not of each"
        yield claim.problem("of_group", "false", "of_group: true", message)


def _ranges(sentence: Sentence) -> Iterator[tuple[int, int]]:
    for first, last in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        if last.unit == "years" and _RANGE.fullmatch(sentence.text[first.end : last.start]):
            yield first.value, last.value


def _gives_term(claim: Claim, years: int, person: str | None) -> bool:
    for sentence in grounding(claim, person):
        within = {value for pair in _ranges(sentence) for value in pair}
        for number in sentence.numbers:
            if number.value == years and (number.unit == "years" or number.value in within):
                beside = _person_beside(sentence, number)
                if person is None or beside is None or person in beside.people:
                    return True
    return False


def _gives_age(sentence: Sentence, years: int, person: str) -> bool:
    for number in sentence.numbers:
        if number.value == years and number.unit in ("", "years") and not number.is_ordinal:
            beside = _person_beside(sentence, number)
            if beside is not None and person in beside.people:
                return True
    return False


def _person_beside(sentence: Sentence, number: Number) -> Naming | None:
    return governor(sentence.text, sentence.clusters, (number.start, number.end))
