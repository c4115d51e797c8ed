"""Numbers with the words that agree with them, in every language."""

from dataclasses import replace
from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.posts.phrases import days_span, years_span
from bot.posts.titles import lead_title
from bot.posts.translations import translator
from bot.posts.voice import Voice
from tests.posts.speaking import on_day

COUNTS = (0, 1, 2, 5, 10, 11, 12, 14, 21, 22, 25, 101, 111, 112)
# Which of one, few and many each count takes in Belarusian and Russian alike.
SLAVIC = ["many", "one", "few", "many", "many", "many", "many", "many", "one", "few", "many", "one", "many", "many"]


def forms(one: str, few: str, many: str) -> list[str]:
    """The word that stands with each count."""
    words = {"one": one, "few": few, "many": many}
    return [words[form] for form in SLAVIC]


YEARS = {"be": forms("год", "гады", "гадоў"), "ru": forms("год", "года", "лет")}
DAYS = {"be": forms("дзень", "дні", "дзён"), "ru": forms("день", "дня", "дней")}
OTHERS = {"be": forms("чалавек", "чалавекі", "чалавек"), "ru": forms("человек", "человека", "человек")}


@pytest.mark.parametrize("language", YEARS)
def test_years_agree_with_their_number(language: str) -> None:
    assert [years_span(n, language) for n in COUNTS] == [
        f"{n} {word}" for n, word in zip(COUNTS, YEARS[language], strict=True)
    ]


@pytest.mark.parametrize("language", DAYS)
def test_days_agree_with_their_number(language: str) -> None:
    assert [days_span(n, language) for n in COUNTS] == [
        f"{n} {word}" for n, word in zip(COUNTS, DAYS[language], strict=True)
    ]


def test_english_years_are_words_up_to_ten() -> None:
    assert [years_span(n, "en") for n in COUNTS] == [
        *("0 years", "one year", "two years", "five years", "ten years", "11 years", "12 years", "14 years"),
        *("21 years", "22 years", "25 years", "101 years", "111 years", "112 years"),
    ]


def test_english_days_have_a_singular() -> None:
    assert [days_span(n, "en") for n in COUNTS] == [f"{n} day" if n == 1 else f"{n} days" for n in COUNTS]


@pytest.mark.parametrize("language", OTHERS)
def test_people_left_unnamed_agree_with_their_number(language: str) -> None:
    t = translator("posts", language)
    told = [t.ngettext("%(count)s other", "%(count)s others", n) % {"count": n} for n in COUNTS]
    more = {"be": "яшчэ", "ru": "ещё"}[language]
    assert told == [f"{more} {n} {word}" for n, word in zip(COUNTS, OTHERS[language], strict=True)]


@pytest.mark.parametrize("language", YEARS)
def test_age_agrees_with_its_number(language: str) -> None:
    t = translator("posts", language)
    aged = {"be": "Узрост", "ru": "Возраст"}[language]
    assert [t.ngettext("Aged %(count)s.", "Aged %(count)s.", n) % {"count": n} for n in COUNTS] == [
        f"{aged}: {n} {word}." for n, word in zip(COUNTS, YEARS[language], strict=True)
    ]


@pytest.mark.parametrize(("language", "heading"), [("en", "In"), ("be", "Праз"), ("ru", "Через")])
def test_leads_agree_with_their_number(language: str, heading: str) -> None:
    (lead,) = on_day("2027-05-14", Slot.DAY)
    words = {"en": ["day" if n == 1 else "days" for n in COUNTS], **DAYS}[language]
    told = [lead_title(replace(lead, lead=n), "", Voice(language, date(2027, 5, 14))) for n in COUNTS if n > 1]
    expected = [f"{heading} {n} {word}:" for n, word in zip(COUNTS, words, strict=True) if n > 1]
    assert [title.split(":")[0] + ":" for title in told] == expected


@pytest.mark.parametrize(
    ("language", "thousand"), [("en", "1,500 days"), ("be", "1\xa0500 дзён"), ("ru", "1\xa0500 дней")]
)
def test_thousands_are_separated_as_the_language_does(language: str, thousand: str) -> None:
    assert days_span(1500, language) == thousand
