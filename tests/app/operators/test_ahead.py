"""The list of the days ahead: every date that is posted, deaths included, and whose custody is to be rechecked."""

from datetime import date, timedelta

import pytest

from bot.agenda.occurrences import Rules
from bot.app.operators.actions import Told
from bot.app.operators.ahead import Span, days_ahead
from bot.records.collection import Calendar
from tests.calendars import a_person, an_event, real_calendar, small_calendar

DEATH, ARREST, SOLIDARITY = date(2027, 2, 20), date(2027, 7, 14), date(2027, 5, 21)


def listed(on: date, calendar: Calendar | None = None, days: int = 1) -> Told:
    told = days_ahead(calendar or real_calendar(), Span(on, on + timedelta(days=days - 1)), Rules())
    assert told is not None
    return told


def buttons(told: Told) -> list[list[str]]:
    return [[offer.action for offer in row] for row in told.offers]


def test_a_death_is_listed_and_is_not_to_be_rechecked() -> None:
    told = listed(DEATH)

    assert "1. 20 February: three years since the death in custody of Ihar Lednik" in told.text
    assert "To be rechecked" not in told.text
    assert buttons(told) == [["hold"]]


def test_an_old_report_of_custody_is_to_be_rechecked() -> None:
    told = listed(ARREST)

    assert "Ales Bialiatski: Last reported: imprisoned" in told.text
    assert "730 days old that day. To be rechecked: the shelf life is 30 days" in told.text
    assert "Without an answer it is posted too" in told.text
    assert buttons(told) == [["post", "hold"]]


def test_an_observance_is_listed_on_its_day_and_not_before_it() -> None:
    assert "21 May: International Day of Solidarity" in listed(SOLIDARITY).text
    assert (
        days_ahead(real_calendar(), Span(SOLIDARITY - timedelta(days=7), SOLIDARITY - timedelta(days=1)), Rules())
        is None
    )


def test_everything_a_date_is_about_can_be_held() -> None:
    told = listed(ARREST)

    [about] = {offer.about for row in told.offers for offer in row if offer.action == "hold"}
    assert about.split() == [
        "person:ales-bialiatski",
        "person:valentsin-stefanovich",
        "person:uladzimir-labkovich",
        "event:viasna-leaders-arrest",
    ]


def test_nobody_who_is_held_is_listed() -> None:
    held = real_calendar().without(people=frozenset({"ales-bialiatski"}), events=frozenset(), sources=frozenset())

    told = listed(ARREST, held)

    assert "Bialiatski" not in told.text
    assert "bialiatski" not in repr(told.offers)
    assert "Valentsin Stefanovich" in told.text


def test_a_week_tells_its_days() -> None:
    told = listed(DEATH - timedelta(days=6), days=7)

    assert told.text.startswith("Posted on 14 February 2027 to 20 February 2027, as the calendar stands now:")
    assert "1. 16 February" in told.text
    assert "2. 20 February" in told.text


@pytest.mark.parametrize("number", [1, 12, 300])
def test_a_crowded_day_fits_a_message_and_says_how_many_are_left_out(number: int) -> None:
    people = [a_person(f"jane-{n}-doe") for n in range(number)]
    events = [an_event("arrest", "2024-03-01", person.id) for person in people]

    told = listed(date(2027, 3, 1), small_calendar(*people, *events))

    shown = len(told.offers)
    assert len(told.text) < 4096
    assert shown == min(number, shown)
    assert (f"And {number - shown} more: vigil upcoming --from 2027-03-01" in told.text) == (shown < number)
    assert sum(len(row) for row in told.offers) < 100
