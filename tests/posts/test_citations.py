"""Quotes, whose words they are, and their translations."""

import pytest

from bot.posts.citations import attribution, attributions, quotation, source_line, telling
from bot.records.model import Quote, Translation
from tests.calendars import a_quote, a_source, small_calendar

CALENDAR = small_calendar(sources=(a_source(), a_source("appeal", None), a_source("month", "2024-03")))


def a_translated_quote(*, reviewed: bool) -> Quote:
    return a_quote("Jane Doe died.").model_copy(
        update={"translations": {"be": Translation(text="Памерла Джэйн Доў.", reviewed=reviewed)}}
    )


def test_source_is_named_by_publisher_and_date() -> None:
    assert source_line(CALENDAR.sources["report"], "en") == "A Human Rights Body, 1 March 2024"


def test_source_dated_by_month_keeps_its_precision() -> None:
    assert source_line(CALENDAR.sources["month"], "en") == "A Human Rights Body, March 2024"


@pytest.mark.parametrize(("language", "undated"), [("en", "undated"), ("be", "без даты"), ("ru", "без даты")])
def test_source_without_a_date_says_so(language: str, undated: str) -> None:
    assert source_line(CALENDAR.sources["appeal"], language) == f"A Human Rights Body ({undated})"


@pytest.mark.parametrize(
    ("speaker", "through", "expected"),
    [
        (None, None, "A Human Rights Body, 1 March 2024"),
        ("Irina Sukhy", None, "Irina Sukhy, in: A Human Rights Body, 1 March 2024"),
        ("Viasna", "A Human Rights Body", "Viasna, according to: A Human Rights Body, 1 March 2024"),
        ("Parliament", "An MP", "Parliament, according to: An MP, in: A Human Rights Body, 1 March 2024"),
        (None, "A witness", "According to: A witness, in: A Human Rights Body, 1 March 2024"),
        (None, "A Human Rights Body", "A Human Rights Body, 1 March 2024"),
    ],
)
def test_attribution_says_whose_words_and_through_whom(speaker: str | None, through: str | None, expected: str) -> None:
    quote = a_quote().model_copy(update={"speaker": speaker, "through": through})
    assert attribution(quote, CALENDAR, "en") == expected


def test_attributions_in_brackets_are_each_told_once() -> None:
    undated = a_quote(source="appeal").model_copy(update={"speaker": "Irina Sukhy"})
    assert attributions((a_quote(), undated, a_quote("She died.")), CALENDAR, "en") == (
        "A Human Rights Body, 1 March 2024; Irina Sukhy, in: A Human Rights Body, undated"
    )


def test_quotation_stands_alone_in_its_blockquote() -> None:
    assert quotation(a_quote("She said:\n“No”\xa0<no>."), CALENDAR, "en") == (
        "<blockquote>She said: “No” &lt;no&gt;.</blockquote>\nA Human Rights Body, 1 March 2024"
    )


def test_reviewed_translation_is_shown_and_marked() -> None:
    assert quotation(a_translated_quote(reviewed=True), CALENDAR, "be").splitlines()[2:] == [
        "<blockquote>Памерла Джэйн Доў.</blockquote>",
        "Пераклад: Vigil",
    ]


def test_translation_nobody_reviewed_is_not_shown() -> None:
    assert "Памерла" not in quotation(a_translated_quote(reviewed=False), CALENDAR, "be")


def test_translation_into_another_language_is_not_shown() -> None:
    assert "Памерла" not in quotation(a_translated_quote(reviewed=True), CALENDAR, "ru")


def test_blanked_quote_leaves_its_source() -> None:
    blanked = a_quote().model_copy(update={"exact": ""})
    assert quotation(blanked, CALENDAR, "en") == "A Human Rights Body, 1 March 2024"


def test_post_shows_the_first_quote() -> None:
    quotes = (a_quote("She died."), a_quote("Jane Doe died in March."))
    assert telling(quotes, death=True) == quotes[:1]


def test_blanked_quote_gives_way_to_one_that_may_be_shown() -> None:
    blanked = a_quote().model_copy(update={"exact": ""})
    assert telling((blanked, a_quote("She died."))) == (a_quote("She died."),)


@pytest.mark.parametrize("verb", ["was killed", "was murdered", "забіты", "убит", "вбито", "został zabity"])
def test_different_verbs_of_a_death_are_both_shown(verb: str) -> None:
    quotes = (a_quote("She died."), a_quote("She died, they say."), a_quote(f"Jane Doe {verb}."))
    assert telling(quotes, death=True) == (quotes[0], quotes[2])


def test_arrest_is_told_by_one_quote() -> None:
    quotes = (a_quote("She was arrested."), a_quote("She was arrested after a man was killed."))
    assert telling(quotes) == quotes[:1]
