"""Finding people by what somebody may type."""

import pytest

from bot.names import Index, Match
from tests.calendars import a_person, real_calendar, small_calendar


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of(real_calendar())


def first(index: Index, typed: str) -> Match:
    """The best answer."""
    return index.find(typed)[0]


@pytest.mark.parametrize(
    ("typed", "person_id"),
    [
        ("Ales Bialiatski", "ales-bialiatski"),
        ("Алесь Бяляцкі", "ales-bialiatski"),
        ("Aleś Bialacki", "ales-bialiatski"),
        ("Ales Bjaljazki", "ales-bialiatski"),
        ("алеся бяляцкага", "ales-bialiatski"),
        ("Віктар Бабарыка", "viktar-babaryka"),
        ("Viktor Babariko", "viktar-babaryka"),
        ("Wiktor Babaryka", "viktar-babaryka"),
        ("Тихановский Сергей", "siarhei-tsikhanouski"),
        ("Siergiej Cichanouski", "siarhei-tsikhanouski"),
        ("Сергея Леонидовича Тихановского", "siarhei-tsikhanouski"),
        ("Nikolai Statkevich", "mikalai-statkevich"),
        ("Mikalajus Statkevičius", "mikalai-statkevich"),
        ("Марии Колесниковой", "maria-kalesnikava"),
        ("Maryja Kalesnikava", "maria-kalesnikava"),
        ("Витольд Ашурок", "vitold-ashurak"),
        ("Qubad İbadoğlu", "gubad-ibadoghlu"),
        ("Алексей Навальный", "alexey-navalny"),
        ("Aleksiej Nawalny", "alexey-navalny"),
        ("Олексія Навального", "alexey-navalny"),
        ("Alexéi Navalny", "alexey-navalny"),
        ("Alexej Navalnyj", "alexey-navalny"),
        ("Mikalaj Statkevitj", "mikalai-statkevich"),
        ("Nikolaï Statkevitch", "mikalai-statkevich"),
        ("Siarguéi Tijanouski", "siarhei-tsikhanouski"),
    ],
)
def test_a_person_is_sure_by_any_spelling(index: Index, typed: str, person_id: str) -> None:
    assert (first(index, typed).person_id, first(index, typed).match) == (person_id, "sure")


@pytest.mark.parametrize("person", real_calendar().people.values(), ids=lambda person: person.id)
def test_id_and_display_names_are_sure(index: Index, person: object) -> None:
    known = real_calendar().people[person.id]  # type: ignore[attr-defined]
    for typed in (known.id, known.id.upper(), known.names.en, known.names.be, known.names.ru):
        assert (first(index, typed).person_id, first(index, typed).match) == (known.id, "sure")


@pytest.mark.parametrize("typed", ["Вiктap Бaбapыкa", "Вiктар Babaryka", "Vіktаr Bаbаrykа", "ВІКТАР БАБАРЫКА"])
def test_look_alike_letters_and_capitals_do_not_matter(index: Index, typed: str) -> None:
    assert (first(index, typed).person_id, first(index, typed).match) == ("viktar-babaryka", "sure")


@pytest.mark.parametrize("typed", ["Статкевіч", "Statkiewicz", "Статкевичу", "statkevich"])
def test_a_surname_alone_is_near_and_never_sure(index: Index, typed: str) -> None:
    assert (first(index, typed).person_id, first(index, typed).match) == ("mikalai-statkevich", "near")


@pytest.mark.parametrize("typed", ["Viktar Babaryak", "Виктор Бабарка", "Mkalai Statkevich", "Aliaksandr Kulinihc"])
def test_one_typo_finds_the_person_and_is_not_sure(index: Index, typed: str) -> None:
    assert first(index, typed).match == "near"
    assert first(index, typed).person_id in {"viktar-babaryka", "mikalai-statkevich", "aliaksandr-kulinich"}


@pytest.mark.parametrize(
    "typed",
    [
        "Эдуард Бабарыка", "Марина Бяляцкая", "Олег Навальный", "Юлия Навальная", "Святлана Ціханоўская",
        "Мікола Пушкін", "Александр Пушкин", "Ігар Летнік", "Вадим Хруско", "Мікалай Станкевіч", "Viktar Babarykau",
        "Аляксандра Кулініч", "Ihar Losikau", "Валентина Стефанович", "Уладзімір Лабкоўскі",
    ],
)  # fmt: skip
def test_a_name_near_to_somebodys_is_never_sure(index: Index, typed: str) -> None:
    assert all(match.match != "sure" for match in index.find(typed))


def test_an_initial_and_a_surname_are_near(index: Index) -> None:
    assert [(m.person_id, m.match) for m in index.find("А. Кулинич")][:1] == [("aliaksandr-kulinich", "near")]


def test_a_first_name_alone_may_be_all_who_bear_it(index: Index) -> None:
    found = index.find("Ігар")
    assert {m.person_id for m in found} >= {"ihar-lednik", "ihar-losik"}
    assert {m.match for m in found} == {"maybe"}


@pytest.mark.parametrize(
    "typed", ["hello", "привет, как дела?", "дзякуй", "/start", "who is in prison today", "спасибо"]
)
def test_talk_names_nobody(index: Index, typed: str) -> None:
    assert [m for m in index.find(typed) if m.match != "maybe"] == []


def test_people_held_are_not_found() -> None:
    calendar = real_calendar().without(people=frozenset({"ihar-losik"}), events=frozenset(), sources=frozenset())
    assert all(m.person_id != "ihar-losik" for m in Index.of(calendar).find("Ігар Лосік"))


def test_no_more_are_answered_than_asked_for(index: Index) -> None:
    assert len(index.find("Ігар", limit=1)) == 1
    assert index.find("Ігар", limit=0) == []


def test_namesakes_are_near_and_never_sure() -> None:
    names = {"jan-kot": ["Ян Кот"], "jan-kot-2": ["Jan Kot"], "ola-kot": ["Ола Кот"]}
    found = Index(names).find("Ян Кот")
    assert [(m.person_id, m.match) for m in found[:2]] == [("jan-kot", "near"), ("jan-kot-2", "near")]
    assert found[0].score == found[1].score


def test_an_id_is_sure_even_where_names_are_alike() -> None:
    found = Index({"jan-kot": ["Ян Кот"], "jan-kot-2": ["Ян Кот"]}).find("jan-kot-2")
    assert [(m.person_id, m.match) for m in found] == [("jan-kot-2", "sure")]


def test_two_people_of_one_surname_are_told_apart_by_the_first_name() -> None:
    index = Index({"siarhei": ["Сяргей Ціханоўскі"], "sviatlana": ["Святлана Ціханоўская"]})
    assert (first(index, "Светлана Цихановская").person_id, first(index, "Светлана Цихановская").match) == (
        "sviatlana",
        "sure",
    )
    assert {m.match for m in index.find("Тихановские")} <= {"near", "maybe"}
    assert first(index, "Ціханоўская").person_id == "sviatlana"
    assert first(index, "Ціханоўскага").person_id == "siarhei"


def test_a_double_surname_is_found_by_either_part() -> None:
    index = Index({"marcinkievic": ["Вінцэнт Дунін-Марцінкевіч"], "kupala": ["Янка Купала"]})
    for typed in ("Винцент Дунин-Марцинкевич", "Дунин Марцинкевич", "Марцінкевіч Вінцэнт", "Dunin-Marcinkiewicz"):
        assert first(index, typed).person_id == "marcinkievic"


def test_nobody_is_found_in_an_empty_calendar() -> None:
    assert Index.of(small_calendar()).find("Ales Bialiatski") == []


def test_a_name_of_one_word_is_found() -> None:
    assert first(Index({"madonna": ["Мадонна"]}), "Madonna").person_id == "madonna"


def test_the_display_name_is_answered() -> None:
    index = Index.of(small_calendar(a_person("jane-doe")))
    assert first(index, "doe jane").name == "Jane Doe"
