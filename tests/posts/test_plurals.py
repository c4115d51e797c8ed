"""Numbers with the words that agree with them: every plural message of every room, in every language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.agenda.occurrence import Slot
from bot.posts.catalogues import extracted
from bot.posts.phrases import days_span, years_span
from bot.posts.titles import lead_title
from bot.posts.translations import DOMAINS, LANGUAGES, Translator, translator
from bot.posts.voice import Voice
from tests.posts.speaking import on_day

COUNTS = (0, 1, 2, 5, 10, 11, 12, 14, 21, 22, 25, 101, 111, 112)
# Which of its forms a language takes with each count, by the grammar and not by the formula in the catalogue.
EAST_SLAVIC = (2, 0, 1, 2, 2, 2, 2, 2, 0, 1, 2, 0, 2, 2)
ONE_OR_MORE = (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
FORMS = {
    "en": ONE_OR_MORE,
    "be": EAST_SLAVIC,
    "ru": EAST_SLAVIC,
    "uk": EAST_SLAVIC,
    "pl": (2, 0, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2),
    "lt": (2, 0, 1, 1, 2, 2, 2, 2, 0, 1, 1, 0, 2, 2),
    "de": ONE_OR_MORE,
}
# What is counted, in the forms of one message. A new message needs its words here: somebody has thought of them.
WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (("year", "years"), ("day", "days"), ("event", "events"), ("other", "others")),
    "be": (
        ("год", "гады", "гадоў"),
        ("дзень", "дні", "дзён"),
        ("чалавек", "чалавекі", "чалавек"),
        ("падзея", "падзеі", "падзей"),
    ),
    "ru": (
        ("год", "года", "лет"),
        ("день", "дня", "дней"),
        ("человек", "человека", "человек"),
        ("событие", "события", "событий"),
    ),
    "uk": (
        ("рік", "роки", "років"),
        ("день", "дні", "днів"),
        ("людина", "людини", "людей"),
        ("подія", "події", "подій"),
    ),
    "pl": (
        ("rok", "lata", "lat"),
        ("dzień", "dni", "dni"),
        ("osoba", "osoby", "osób"),
        ("wydarzenie", "wydarzenia", "wydarzeń"),
    ),
    "lt": (
        ("metai", "metai", "metų"),
        ("diena", "dienos", "dienų"),
        ("dienos", "dienų", "dienų"),  # after po
        ("dieną", "dienas", "dienų"),  # after prieš
        ("žmogus", "žmonės", "žmonių"),
        ("įvykis", "įvykiai", "įvykių"),
    ),
    "de": (
        ("Jahr", "Jahre"),
        ("Tag", "Tage"),
        ("Tag", "Tagen"),
        ("weitere Person", "weitere Personen"),
        ("Ereignis", "Ereignisse"),
    ),
}

Message = tuple[Translator, str | None, str, str]


def plural_messages(language: str) -> Iterator[Message]:
    """Every message that counts something: its translator, context, and both English forms."""
    for domain in DOMAINS:
        for context, one, many in plurals_of(domain):
            yield translator(domain, language), context, one, many


@cache
def plurals_of(domain: str) -> tuple[tuple[str | None, str, str], ...]:
    """The context and the English forms of each, read from code and templates once."""
    return tuple((message.context, *message.id) for message in extracted(domain) if message.pluralizable)


def said(message: Message, count: int) -> str:
    t, context, one, many = message
    return t.npgettext(context, one, many, count) if context else t.ngettext(one, many, count)


def by_form(message: Message, language: str) -> tuple[str, ...]:
    """The text in each form of the language, found by a count that takes it."""
    forms = FORMS[language]
    return tuple(said(message, COUNTS[forms.index(form)]) for form in range(max(forms) + 1))


def agrees(texts: tuple[str, ...], language: str) -> bool:
    """Whether the forms differ by the words for one thing alone, or are alike and no word follows the number."""
    if len(set(texts)) == 1 and not frame_of(texts[0]).endswith(": #"):
        return all(frame_of(texts[0], word) == frame_of(texts[0]) for words in WORDS[language] for word in words)
    return any(
        len({frame_of(text, word) for text, word in zip(texts, words, strict=True)}) == 1 for words in WORDS[language]
    )


def frame_of(text: str, word: str = "…") -> str:
    """The text without that word and without what is filled in."""
    return re.sub(rf"\b{word}\b", "…", re.sub(r"%\(\w+\)\w", "#", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_message_has_the_words_for_what_it_counts(language: str) -> None:
    messages = list(plural_messages(language))
    assert len(messages) >= 9
    assert [m[2] for m in messages if not agrees(by_form(m, language), language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_message_takes_the_form_of_its_number(language: str) -> None:
    for message in plural_messages(language):
        texts = by_form(message, language)
        expected = [texts[form] for form in FORMS[language]]
        assert [said(message, count) for count in COUNTS] == expected, message[2]


@pytest.mark.parametrize(
    ("language", "years"),
    [
        ("be", "1 год, 2 гады, 5 гадоў, 21 год, 22 гады"),
        ("ru", "1 год, 2 года, 5 лет, 21 год, 22 года"),
        ("uk", "1 рік, 2 роки, 5 років, 21 рік, 22 роки"),
        ("pl", "1 rok, 2 lata, 5 lat, 21 lat, 22 lata"),
        ("lt", "1 metai, 2 metai, 5 metai, 21 metai, 22 metai"),
        ("de", "1 Jahr, 2 Jahre, 5 Jahre, 21 Jahre, 22 Jahre"),
    ],
)
def test_years_read_as_the_language_says_them(language: str, years: str) -> None:
    assert ", ".join(years_span(n, language) for n in (1, 2, 5, 21, 22)) == years


def test_lithuanian_tens_and_teens_are_counted_in_the_genitive() -> None:
    assert [years_span(n, "lt") for n in (10, 11, 20, 111)] == ["10 metų", "11 metų", "20 metų", "111 metų"]


def test_english_years_are_words_up_to_ten() -> None:
    assert [years_span(n, "en") for n in COUNTS] == [
        *("0 years", "one year", "two years", "five years", "ten years", "11 years", "12 years", "14 years"),
        *("21 years", "22 years", "25 years", "101 years", "111 years", "112 years"),
    ]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "In 7 days: 21 May, "),
        ("be", "Праз 7 дзён: 21 мая. "),
        ("ru", "Через 7 дней: 21 мая. "),
        ("uk", "Через 7 днів: 21 травня. "),
        ("pl", "Za 7 dni: 21 maja – "),
        ("lt", "Po 7 dienų: gegužės 21 d. – "),
        ("de", "In 7 Tagen: 21. Mai – "),
    ],
)
def test_leads_count_the_days_to_come(language: str, heading: str) -> None:
    (lead,) = on_day("2027-05-14", Slot.DAY)
    assert lead_title(replace(lead, lead=7), "", Voice(language, date(2027, 5, 14))) == heading


@pytest.mark.parametrize(
    ("language", "thousand"),
    [
        ("en", "1,500 days"),
        ("be", "1\xa0500 дзён"),
        ("ru", "1\xa0500 дней"),
        ("uk", "1\xa0500 днів"),
        ("pl", "1\xa0500 dni"),
        ("lt", "1\xa0500 dienų"),
        ("de", "1.500 Tage"),
    ],
)
def test_thousands_are_separated_as_the_language_does(language: str, thousand: str) -> None:
    assert days_span(1500, language) == thousand
