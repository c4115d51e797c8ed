"""Silence: what is held is neither said nor shown, and nobody else is misrepresented by it."""

import pytest

from bot.records.holding import spellings
from tests.calendars import real_calendar
from tests.listings import a_listing, with_listings

NOBODY: frozenset[str] = frozenset()
REAL = real_calendar()


@pytest.mark.parametrize("person", sorted(REAL.people))
def test_no_quote_title_or_document_names_a_held_person(person: str) -> None:
    calendar = REAL.without(people=frozenset({person}), events=NOBODY, sources=NOBODY)
    surnames = {name.split()[-1] for name in spellings(REAL.people[person])}
    texts = [quote.exact for quote in calendar.quotes()] + list(calendar.documents.values())
    texts += [str(event.title) for event in calendar.events.values()]

    assert person not in calendar.people
    assert [text for text in texts if any(surname in text for surname in surnames)] == []


def test_a_first_name_alone_is_a_name() -> None:
    calendar = REAL.without(people=frozenset({"ihar-lednik"}), events=NOBODY, sources=NOBODY)

    assert [quote.exact for quote in calendar.quotes() if quote.exact.startswith("Ihar is")] == []


def test_somebody_else_of_the_same_first_name_is_still_told_of() -> None:
    calendar = REAL.without(people=frozenset({"ales-pushkin"}), events=NOBODY, sources=NOBODY)

    assert calendar.events["viasna-leaders-arrest"].quotes[0].is_shown


def test_a_document_keeps_its_length_so_that_quotes_are_found_where_they_stand() -> None:
    calendar = REAL.without(people=frozenset({"ihar-losik"}), events=NOBODY, sources=NOBODY)

    assert {i: len(text) for i, text in calendar.documents.items()} == {i: len(t) for i, t in REAL.documents.items()}


def test_a_held_source_takes_its_document_and_claims_with_it() -> None:
    calendar = REAL.without(people=NOBODY, events=NOBODY, sources=frozenset({"amnesty-2025-07-14"}))

    assert "amnesty-2025-07-14" not in calendar.documents
    assert "amnesty-2025-07-14" not in {quote.source for quote in calendar.quotes()}
    assert "viasna-leaders-arrest" not in calendar.events


def test_a_held_event_or_observance_is_gone() -> None:
    held = frozenset({"ihar-lednik-death", "solidarity-with-political-prisoners"})
    calendar = REAL.without(people=NOBODY, events=held, sources=NOBODY)

    assert not held & (calendar.events.keys() | calendar.observances.keys())
    assert calendar.revision != REAL.revision


def test_nothing_held_changes_nothing() -> None:
    assert REAL.without(people=NOBODY, events=NOBODY, sources=NOBODY) is REAL


@pytest.mark.parametrize(
    ("people", "sources"),
    [(frozenset({"ihar-lednik"}), NOBODY), (NOBODY, frozenset(REAL.sources))],
    ids=["a person in its decision", "its source"],
)
def test_a_listing_goes_on_protecting_readers_without_held_words(
    people: frozenset[str], sources: frozenset[str]
) -> None:
    decision = {language: f"on Ihar Lednik, {language}" for language in ("en", "be", "ru")}
    listed = with_listings(REAL, a_listing(decision=decision))
    (listing,) = listed.without(people=people, events=NOBODY, sources=sources).listings.values()

    assert listing.address == "freeword.org"
    assert not any(quote.is_shown for quote in listing.quotes)
