"""Finding the people of the real calendar by what somebody may type."""

import pytest

from bot.names import Index
from tests.calendars import real_calendar


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of(real_calendar())


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
    ],
)
def test_a_person_comes_first_by_any_spelling(index: Index, typed: str, person_id: str) -> None:
    assert index.find(typed)[0].person_id == person_id


def test_every_display_name_and_id_is_sure(index: Index) -> None:
    for person in real_calendar().people.values():
        for typed in (person.id, person.names.en, person.names.be, person.names.ru):
            first = index.find(typed)[0]
            assert (first.person_id, first.match) == (person.id, "sure")


def test_a_surname_alone_is_near_and_never_sure(index: Index) -> None:
    first = index.find("Статкевіч")[0]
    assert (first.person_id, first.match) == ("mikalai-statkevich", "near")
