"""The list of first names joins what is one name, and keeps pet forms apart from it."""

from collections import Counter
from importlib.resources import files

import pytest

from bot.names import Index

LINES = [
    line.partition("|")
    for line in files("bot.names").joinpath("first_names.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_no_line_has_a_form_twice() -> None:
    for same, _, pet in LINES:
        assert [form for form, count in Counter((same + pet).split()).items() if count > 1] == []


def test_no_name_begins_two_lines() -> None:
    assert [name for name, count in Counter(same.split()[0] for same, _, _ in LINES).items() if count > 1] == []


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Мікалай Кот", "Nikolai Kot"), ("Мікалай Кот", "Mykola Kot"), ("Уладзімір Кот", "Włodzimierz Kot"),
        ("Аляксандр Кот", "Alexander Kot"), ("Кацярына Кот", "Ekaterina Kot"), ("Зміцер Кот", "Dmitry Kot"),
        ("Яўген Кот", "Evgeny Kot"), ("Ганна Кот", "Anna Kot"), ("Вольга Кот", "Olga Kot"),
        ("Рыгор Кот", "Григорий Кот"),
    ],
)  # fmt: skip
def test_one_name_in_two_languages_is_sure(stored: str, typed: str) -> None:
    assert [m.match for m in Index({"kot": [stored]}).find(typed)] == ["sure"]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Аляксандр Кот", "Саша Кот"),
        ("Алесь Кот", "Александр Кот"),
        ("Уладзімір Кот", "Вова Кот"),
        ("Юрый Кот", "Георгий Кот"),
    ],
)
def test_a_pet_form_is_near(stored: str, typed: str) -> None:
    assert [m.match for m in Index({"kot": [stored]}).find(typed)] == ["near"]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [("Аляксандр Глеб", "Аляксандра Глеб"), ("Яўген Глеб", "Евгения Глеб"), ("Валерый Глеб", "Валерия Глеб"),
     ("Валерый Цапкала", "Валерия Цапкала"), ("Уладзіслаў Кот", "Владислава Кот"),
     ("Ягор Глеб", "Ігар Глеб"), ("Ігар Глеб", "Егор Глеб"), ("Алена Глеб", "Аліна Глеб"),
     ("Станіслаў Глеб", "Станислава Глеб")],
)  # fmt: skip
def test_a_first_name_like_another_is_not_sure(stored: str, typed: str) -> None:
    assert all(m.match != "sure" for m in Index({"somebody": [stored]}).find(typed))
