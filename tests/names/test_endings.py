"""A name in another case stands for its nominative."""

import pytest

from bot.names.forms import asked_forms, restored_forms
from bot.names.words import words

SURNAMES = [
    ("Бяляцкі", "Бяляцкага Бяляцкаму Бяляцкім"),
    ("Беляцкий", "Беляцкого Беляцкому Беляцким Беляцком"),
    ("Bialacki", "Bialackiego Bialackiemu Bialackim"),
    ("Пушкін", "Пушкіна Пушкіну Пушкіным Пушкіне"),
    ("Орлов", "Орлова Орлову Орловым Орлове"),
    ("Мицкевич", "Мицкевича Мицкевичу Мицкевичем"),
    ("Mickiewicz", "Mickiewicza Mickiewiczowi Mickiewiczem"),
    ("Северинец", "Северинца Северинцу Северинцем"),
    ("Купала", "Купалы Купале Купалу Купалой Купалою"),
    ("Ціханоўская", "Ціханоўскай Ціханоўскую"),
    ("Политковська", "Политковської Политковську Политковською"),
    ("Сухой", "Сухого Сухому Сухим"),
]
FIRST_NAMES = [
    ("Аляксей", "Аляксея Аляксею Аляксеем"),
    ("Анатолий", "Анатолия Анатолию Анатолием"),
    ("Павел", "Паўла Паўлу Паўлам"),
    ("Мария", "Марии Марию Марией"),
    ("Ілья", "Ільі Ілью Ільёй"),
    ("Роман", "Романові Романом Романа"),
]


def nominatives(word: str, *, of_first_name: bool) -> set[str]:
    """The middle keys of a word as it stands and restored."""
    forms = [form for lower in words(word) for form in asked_forms(lower, lower)]
    return {form.mid for form in (*forms, *restored_forms(forms)[of_first_name])}


@pytest.mark.parametrize(("nominative", "cases"), SURNAMES)
def test_cases_of_a_surname_are_restored(nominative: str, cases: str) -> None:
    own = {form.mid for form in asked_forms(nominative.lower(), nominative.lower())}
    for case in cases.split():
        assert own & nominatives(case, of_first_name=False), case


@pytest.mark.parametrize(("nominative", "cases"), FIRST_NAMES)
def test_cases_of_a_first_name_are_restored(nominative: str, cases: str) -> None:
    own = {form.mid for form in asked_forms(nominative.lower(), nominative.lower())}
    for case in cases.split():
        assert own & nominatives(case, of_first_name=True), case


@pytest.mark.parametrize(
    ("lithuanian", "plain"),
    [
        ("Bykovas", "Быков"),
        ("Bialiackis", "Бяляцкі"),
        ("Statkevičius", "Статкевич"),
        ("Anatolijus", "Анатолий"),
        ("Suchojus", "Сухой"),
    ],
)
def test_lithuanian_endings_are_taken_off(lithuanian: str, plain: str) -> None:
    own = {form.mid for form in asked_forms(plain.lower(), plain.lower())}
    assert own & {form.mid for form in asked_forms(lithuanian.lower(), lithuanian.lower())}
