"""Spellings of one name fold to one key, and those of others do not."""

import pytest

from bot.names import folding
from bot.names.forms import asked_forms
from bot.names.words import is_cyrillic, words, words_of_each

SAME_SOUND = [
    "Бяляцкі Беляцкий Bialiatski Belyatsky Bialacki",
    "Мядзведзь Miadźviedź Miadzvedz Медведь Medved",
    "Ціханоўская Cichanoŭskaja Cichanouska Tsikhanouskaya",
    "Тихановская Тихановська Tikhanovskaya Tichanowskaja",
    "Марыя Мария Марія Maria Maryja Mariya",
    "Вікторыя Виктория Viktoryia Wiktoria Viktoriya",
    "Шчэрба Щерба Shcherba Szczerba Schtscherba",
    "Юрый Юрий Yury Jurij Iurii",
    "Войтюшкевич Voitiushkevich Wojciuszkiewicz Vojciuškievič",
    "Шушкевич Shushkevich Schuschkewitsch Sjusjkevitj Sjoesjkevitsj Chouchkevitch Szuszkiewicz",
    "Тихановский Tikhanovski Tijanovski Tichanovský",
    "Максім Максим Maxim Maksym",
]
OTHER_SOUND = [
    "Ледник Летник",
    "Санников Сенников",
    "Храсько Хруско",
    "Статкевич Станкевич",
    "Шагал Шаган",
    "Лосік Лісік",
]


def mids(word: str) -> set[str]:
    """The middle keys of a word, in any reading."""
    return {form.mid for lower in words(word) for form in asked_forms(lower, lower)}


def coarse(word: str) -> set[str]:
    """The coarse keys of a word, in any reading."""
    return {form.coarse for lower in words(word) for form in asked_forms(lower, lower)}


@pytest.mark.parametrize("spellings", SAME_SOUND)
def test_spellings_of_one_name_share_a_coarse_key(spellings: str) -> None:
    assert set.intersection(*map(coarse, spellings.split()))


@pytest.mark.parametrize("pair", OTHER_SOUND)
def test_names_one_letter_apart_share_no_middle_key(pair: str) -> None:
    one, other = pair.split()
    assert mids(one).isdisjoint(mids(other))


@pytest.mark.parametrize(
    "reading", [folding.cyrillic, folding.english, folding.slavic, folding.german, folding.spanish]
)
def test_words_fold_alike_alone_and_among_others(reading: folding.Reading) -> None:
    several = ["аляксей", "пушкіна", "schtscherba", "bialacką", "ä", "ou", "soutine"]
    together = reading("\n" + "\n".join(several) + "\n")[1:-1].split("\n")
    assert together == [reading(f"\n{word}\n")[1:-1] for word in several]


@pytest.mark.parametrize("key", [folding.mid, folding.coarse])
def test_keys_are_as_long_as_the_sounds(key: folding.Reading) -> None:
    for sounds in ("bAlAcki", "pavel", "andrej", "Ole", "", "SCerbo"):
        assert len(key(sounds)) == len(sounds)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Aлесь Бяляцкi", ["алесь", "бяляцкі"]),
        ("Ales Bialiаtski", ["ales", "bialiatski"]),
        ("Дар’я Кара–Мурза", ["даря", "кара-мурза"]),
        ("\u202eАлесь\u202c\x00Б", ["алесь", "б"]),
        ("Бяля́цкі", ["бяляцкі"]),
        ("  <b>12 Ales_3", ["b", "ales"]),
    ],
)
def test_words_are_mended(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected


def test_plain_names_are_split_as_all_others() -> None:
    names = ["Ales Bialiatski", "Aлесь Бяляцкі", "", " ", "a--b", "-a", "Дар'я Кот", "Ab-Дe", "x\ny", "Ян"]
    assert list(words_of_each(names)) == [words(name) for name in names]


def test_other_scripts_are_written_in_latin() -> None:
    for typed in ("ალეს", "אלס", "阿列斯", "Αλές"):
        assert all(not is_cyrillic(word) and word.isascii() for word in words(typed))
