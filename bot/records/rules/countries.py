"""Rules on countries: a quote names the country, beside what it is said of."""

from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.listing import Listing
from bot.records.loading import Loaded
from bot.records.model import Call, Event, Figure, Observance
from bot.records.problems import Problem
from bot.records.rules.grounding import grounding
from bot.records.wording.countries import country_name
from bot.records.wording.namings import distance
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import Span


def countries_are_grounded(loaded: Loaded) -> Iterator[Problem]:
    """A country is named by a quote, never guessed."""
    for claim, key, code in _countries(loaded):
        if (name := country_name(code)) is None:
            yield claim.problem(key, code, "a country code of ISO 3166 such as BY", "there is no such country")
            continue
        cited = (*claim.citations, *claim.country_citations)
        if not any(c.code == code for citation in cited for s in citation.sentences for c in s.countries):
            yield claim.problem(key, code, f"a quote that names {name}", f"no quote here names {name}")


def people_are_of_the_country_beside_them(loaded: Loaded) -> Iterator[Problem]:
    """Where a sentence names several people and countries, each has the country beside the name."""
    for claim in claims(loaded):
        if claim.key != "country":
            continue
        (person,) = claim.people
        code = loaded.calendar.people[person].country.code
        for sentence in claim.sentences:
            places = [(n.start, n.end) for n in sentence.namings if person in n.people]
            others = [n for n in sentence.namings if person not in n.people]
            if places and others and (nearest := _nearest(sentence, places[0])) not in (None, code):
                message = f"the quote names {nearest} beside {person}"
                yield claim.problem("code", code, str(nearest), message)


def events_are_of_the_country_beside_their_date(loaded: Loaded) -> Iterator[Problem]:
    """Where a sentence tells of two dates in two countries, an event has the country beside its own date."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.people or event.country is None:
            continue
        for sentence in grounding(claim):
            place = _place_of_date(event, sentence)
            if (
                place
                and len(sentence.mentions) > 1
                and (nearest := _nearest(sentence, place)) not in (None, event.country)
            ):
                message = "the quote tells this date of another country"
                yield claim.problem("country", event.country, str(nearest), message)


def _countries(loaded: Loaded) -> Iterator[tuple[Claim, str, str]]:
    for claim in claims(loaded):
        subject = claim.subject
        if isinstance(subject, (Event, Figure, Observance)) and subject.country is not None:
            yield claim, "country", subject.country
        if isinstance(subject, Listing):
            yield claim, "jurisdiction", subject.jurisdiction
        if isinstance(subject, Call):
            for code in subject.countries:
                yield claim, "countries", code
        if subject is None and claim.key == "country":
            yield claim, "code", loaded.calendar.people[claim.people[0]].country.code


def _nearest(sentence: Sentence, place: Span) -> str | None:
    """The country named nearest to a place; None unless the sentence names several."""
    if len({country.code for country in sentence.countries}) < 2:
        return None
    return min(sentence.countries, key=lambda c: distance(sentence.text, (c.start, c.end), place)).code


def _place_of_date(event: Event, sentence: Sentence) -> Span | None:
    for mention in sentence.mentions:
        if event.date and (mention.month, mention.day) == (event.date.first.month, event.date.first.day):
            return mention.start, mention.end
    start = sentence.text.casefold().find(event.as_said.casefold()) if event.as_said else -1
    return (start, start + len(event.as_said or "")) if start >= 0 else None
