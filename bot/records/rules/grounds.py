"""Rules on grounds: a kind, country, tag, number or addressee is borne out by the words of a quote."""

import re
from collections.abc import Iterator

from babel import Locale

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Call, CustodyReport, Event, Figure, Observance, Quote
from bot.records.problems import Problem, shown
from bot.records.quotes import normalised
from bot.records.rules.texts import begins_with_any, numbers_in
from bot.records.rules.words import (
    CONDITION_STEMS,
    CUSTODY_STEMS,
    IN_CUSTODY_STEMS,
    KIND_STEMS,
    TAG_STEMS,
    country_stems,
    stems_for,
)

_QUALIFIED = re.compile(r"(?i)\b(at least|more than|nearly|about)\s+(?:\$\s?)?$")


def kinds_are_stated(loaded: Loaded) -> Iterator[Problem]:
    """A death, arrest, release … has a quote that states it in words."""
    for claim in claims(loaded):
        if not isinstance(claim.subject, Event) or claim.subject.kind not in KIND_STEMS["en"]:
            continue
        if not begins_with_any(claim.text, stems_for(KIND_STEMS, claim.languages, claim.subject.kind)):
            message = f"no quote here states a {claim.subject.kind}"
            yield claim.problem("kind", claim.subject.kind, f"a quote that states the {claim.subject.kind}", message)


def deaths_in_custody_are_stated(loaded: Loaded) -> Iterator[Problem]:
    """`in_custody` has a quote that places the death in prison."""
    for claim in claims(loaded):
        if isinstance(claim.subject, Event) and claim.subject.in_custody:
            stems = tuple(s for language in claim.languages for s in IN_CUSTODY_STEMS.get(language, ()))
            if not begins_with_any(claim.text, stems):
                expected = "a quote that says the death was in prison"
                yield claim.problem("in_custody", "true", expected, "no quote here places this death in custody")


def custody_is_stated(loaded: Loaded) -> Iterator[Problem]:
    """A custody report has a quote that speaks of that custody."""
    for claim in claims(loaded):
        report = claim.subject
        if isinstance(report, CustodyReport) and not begins_with_any(
            claim.text, stems_for(CUSTODY_STEMS, claim.languages, report.status)
        ):
            message = f"no quote here speaks of anybody {report.status}"
            yield claim.problem("status", report.status, "a quote that says so", message)


def countries_are_grounded(loaded: Loaded) -> Iterator[Problem]:
    """A country is named by a quote, never guessed."""
    territories = Locale("en").territories
    for claim, key, code in _countries(loaded):
        if code not in territories:
            yield claim.problem(key, code, "a country code of ISO 3166 such as BY", "there is no such country")
            continue
        languages = (*claim.languages, *(loaded.calendar.sources[q.source].language for q in _known(claim)))
        text = f"{claim.text} {normalised(' '.join(quote.exact for quote in claim.country_quotes))}"
        if not begins_with_any(text, country_stems(code, dict.fromkeys(languages))):
            expected = f"a quote that names {territories[code]}"
            yield claim.problem(key, code, expected, f"no quote here names {territories[code]}")


def tags_are_grounded(loaded: Loaded) -> Iterator[Problem]:
    """A call asks, in its quotes, for what its tags say; a condition is marked, and only a condition."""
    for claim in claims(loaded):
        call = claim.subject
        if not isinstance(call, Call):
            continue
        for tag in call.tags:
            if not begins_with_any(claim.text, stems_for(TAG_STEMS, claim.languages, tag)):
                yield claim.problem("tags", tag, "a quote that asks for it", f"nothing here asks for {tag}")
        stems = tuple(s for language in claim.languages for s in CONDITION_STEMS.get(language, ()))
        if begins_with_any(claim.text, stems) != call.conditional:
            expected = str(not call.conditional).lower()
            message = "its quote has no condition" if call.conditional else "its quote has a condition"
            yield claim.problem("conditional", str(call.conditional).lower(), expected, message)


def callers_are_named(loaded: Loaded) -> Iterator[Problem]:
    """Who calls stands in the document or publishes it; the addressee stands in the quote."""
    for claim in claims(loaded):
        call = claim.subject
        if not isinstance(call, Call):
            continue
        documents = " ".join(loaded.calendar.documents.get(source.id, "") for source in claim.sources)
        publishers = {source.publisher.en for source in claim.sources}
        if call.by.en not in publishers and normalised(call.by.en).lower() not in normalised(documents).lower():
            yield claim.problem("by.en", call.by.en, "a name that stands in the document", "it names no such caller")
        if call.to and normalised(call.to.en).lower() not in claim.text.lower():
            message = "no quote here addresses them; to is null where nobody is named"
            yield claim.problem("to.en", call.to.en, "the addressee in the words of the quote", message)


def figures_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """A figure's number and qualifier stand together in its quote."""
    for claim in claims(loaded):
        figure = claim.subject
        if not isinstance(figure, Figure):
            continue
        if figure.value is not None and figure.value not in numbers_in(claim.text):
            yield claim.problem("value", str(figure.value), "a number that its quote gives", "no quote has this number")
        if figure.words and figure.words.lower() not in claim.text.lower():
            yield claim.problem("words", figure.words, "words of its quote", "no quote has these words")
        if figure.qualifier and figure.qualifier not in claim.text.lower():
            yield claim.problem("qualifier", figure.qualifier, "a qualifier in its quote", "no quote says this")
        if figure.qualifier is None and (qualifier := _qualifier_of(figure, claim.text)):
            yield claim.problem("qualifier", "none", qualifier, "the quote qualifies this number")


def terms_and_ages_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """A prison term and an age stand in a quote."""
    for claim in claims(loaded):
        if isinstance(claim.subject, Event) and claim.subject.term:
            term = claim.subject.term
            for key, years in (("years", term.years), ("to_years", term.to_years)):
                if years is not None and years not in numbers_in(claim.text):
                    message = "no quote gives this term"
                    yield claim.problem(f"term.{key}", str(years), "years that a quote gives", message)
        if isinstance(claim.subject, Event) and claim.subject.others not in (None, *numbers_in(claim.text)):
            yield claim.problem("others", str(claim.subject.others), "a number that a quote gives", "no quote says so")
    for person in loaded.calendar.people.values():
        text = " ".join(quote.exact for quote in person.age.quotes) if person.age else ""
        if person.age and person.age.years not in numbers_in(text):
            file = loaded.files[f"people/{person.id}"]
            yield Problem(file, "age.years", shown(person.age.years), "an age that a quote gives", "no quote says so")


def _countries(loaded: Loaded) -> Iterator[tuple[Claim, str, str]]:
    for claim in claims(loaded):
        subject = claim.subject
        if isinstance(subject, (Event, Figure, Observance)) and subject.country is not None:
            yield claim, "country", subject.country
        if isinstance(subject, Call):
            for code in subject.countries:
                yield claim, "countries", code
        if subject is None and claim.key == "country":
            yield claim, "code", loaded.calendar.people[claim.people[0]].country.code


def _known(claim: Claim) -> Iterator[Quote]:
    return (quote for quote in claim.country_quotes if quote.source in claim.loaded.calendar.sources)


def _qualifier_of(figure: Figure, text: str) -> str | None:
    """The qualifier that stands right in front of the figure's digits; None if there is none."""
    if figure.value is None:
        return None
    for match in re.finditer(r"\d[\d,\u00a0\u202f]*", text):
        if int(re.sub(r"\D", "", match[0])) == figure.value and (found := _QUALIFIED.search(text[: match.start()])):
            return found[1].lower()
    return None
