"""Whatever is typed, an answer comes at once and never an error."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.names.bad_input import BAD_INPUT
from bot.names import Index
from tests.calendars import real_calendar

INDEX = Index.of(real_calendar())
WORDS = ("Ales", "Алесь", "Bialiatski", "Бяляцкага", "Dunin-Marcinkiewicz", "Кара-Мурза", "Іван", "Ół", "ß", "김", "я")
NAMES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
PEOPLE = st.dictionaries(
    st.text("abc-", min_size=1, max_size=5), st.lists(NAMES | st.text(max_size=12), min_size=1, max_size=3), max_size=6
)


@pytest.mark.parametrize("typed", BAD_INPUT, ids=range(len(BAD_INPUT)))
def test_bad_input_is_answered_within_20_ms(typed: str) -> None:
    def answered_s() -> float:
        start = time.perf_counter()
        INDEX.find(typed)
        return time.perf_counter() - start

    assert min(answered_s() for _ in range(5)) < 0.020


@settings(deadline=None)
@given(st.text() | NAMES)
def test_answers_are_in_order_and_only_the_first_is_sure(typed: str) -> None:
    found = INDEX.find(typed)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert all(match.match != "sure" for match in found[1:])
    assert found == INDEX.find(typed)


@settings(deadline=None, max_examples=60)
@given(PEOPLE, NAMES | st.text(max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_the_people_does_not_matter(people: dict[str, list[str]], typed: str, chance: object) -> None:
    shuffled = list(people.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Index(dict(shuffled)).find(typed) == Index(people).find(typed)


@settings(deadline=None, max_examples=60)
@given(PEOPLE, NAMES)
def test_anybody_is_found_by_a_name_as_it_is_written(people: dict[str, list[str]], name: str) -> None:
    found = Index({**people, "somebody": [name]}).find(name, limit=20)
    assert any(match.person_id == "somebody" for match in found) or not any(map(str.isalpha, name))
