"""Which dates of the calendar fall on which days, and which never do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.records.dates import PartialDate
from bot.records.model import CustodyReport, Event, Person
from bot.records.vocabulary import EventKind
from tests.calendars import (
    a_person,
    a_quote,
    a_source,
    an_event,
    an_observance,
    real_calendar,
    small_calendar,
)

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def brief(found: list[Occurrence]) -> list[tuple[str, str, int]]:
    return [(o.date.isoformat(), o.kind, o.lead) for o in found]


def test_2027_has_the_occurrences_the_documents_support_and_no_other() -> None:
    found = occurrences(real_calendar(), *YEAR)

    assert [(o.date.isoformat(), o.kind, o.lead, o.years, o.people) for o in found] == [
        ("2027-02-16", "death", 0, 3, ("alexey-navalny",)),
        ("2027-02-20", "death", 0, 3, ("ihar-lednik",)),
        ("2027-05-01", "month", 0, None, ("vitold-ashurak",)),
        ("2027-05-14", "observance", 7, None, ()),
        ("2027-05-20", "observance", 1, None, ()),
        ("2027-05-21", "observance", 0, None, ()),
        ("2027-06-21", "release", 0, 2, ("siarhei-tsikhanouski",)),
        ("2027-07-14", "arrest", 0, 6, ("ales-bialiatski", "valentsin-stefanovich", "uladzimir-labkovich")),
    ]


@given(st.dates(date(2020, 1, 1), date(2034, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_a_span_is_the_sum_of_its_parts(first: date, one: int, two: int) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=1 + two)
    calendar = real_calendar()

    whole = occurrences(calendar, first, last)

    assert whole == [*occurrences(calendar, first, middle), *occurrences(calendar, middle + timedelta(days=1), last)]
    assert all(first <= o.date <= last for o in whole)


@given(st.dates(date(2000, 1, 1), date(2023, 12, 31)), st.integers(2024, 2034))
def test_an_anniversary_comes_once_a_year_on_its_day(origin: date, year: int) -> None:
    calendar = small_calendar(an_event("arrest", origin.isoformat()))

    found = [o for o in occurrences(calendar, date(year, 1, 1), date(year, 12, 31)) if o.kind == "arrest"]

    assert [o.years for o in found] == [year - origin.year]
    assert (found[0].date.month, found[0].date.day) in {(origin.month, origin.day), (2, 28)}


@pytest.mark.parametrize(("leap_day", "expected"), [("02-28", "2027-02-28"), ("03-01", "2027-03-01")])
def test_29_february_falls_where_the_setting_says_in_common_years(leap_day: str, expected: str) -> None:
    calendar = small_calendar(an_event("arrest", "2024-02-29"))

    found = occurrences(calendar, *YEAR, Rules(leap_day=leap_day))

    assert brief(found) == [(expected, "arrest", 0)]


def test_29_february_keeps_its_day_in_leap_years() -> None:
    found = occurrences(small_calendar(an_event("arrest", "2020-02-29")), date(2028, 2, 1), date(2028, 3, 31))

    assert brief(found) == [("2028-02-29", "arrest", 0)]


@pytest.mark.parametrize("on", ["2021", "[2021-02..2021-03]", "2021-02-20~", "2021-02?", None])
def test_what_has_no_certain_day_or_month_is_on_no_day(on: str | None) -> None:
    assert occurrences(small_calendar(an_event("death", on)), *YEAR) == []


def test_a_month_is_told_on_its_first_and_on_no_other_day() -> None:
    found = occurrences(small_calendar(an_event("death", "2021-02"), an_event("arrest", "2020-02", "john-roe")), *YEAR)

    assert [(o.date.isoformat(), o.slot, o.people) for o in found] == [
        ("2027-02-01", Slot.MEMORIAL, ("jane-doe",)),
        ("2027-02-01", Slot.DAY, ("john-roe",)),
    ]


def test_after_a_release_only_the_release_is_remembered() -> None:
    calendar = small_calendar(an_event("arrest", "2020-03-01"), an_event("release", "2023-04-01"))

    assert brief(occurrences(calendar, *YEAR)) == [("2027-04-01", "release", 0)]


def test_before_its_release_an_arrest_is_remembered() -> None:
    calendar = small_calendar(an_event("arrest", "2020-03-01"), an_event("release", "2023-04-01"))

    assert brief(occurrences(calendar, date(2022, 1, 1), date(2022, 12, 31))) == [("2022-03-01", "arrest", 0)]


def test_after_a_death_only_the_death_is_remembered() -> None:
    calendar = small_calendar(
        an_event("birth", "1960-01-10"),
        an_event("arrest", "2020-03-01"),
        an_event("release", "2021-04-01"),
        an_event("death", "2023-05-05"),
    )

    assert brief(occurrences(calendar, *YEAR)) == [("2027-05-05", "death", 0)]


def test_after_an_undated_death_nothing_else_is_remembered() -> None:
    calendar = small_calendar(an_event("arrest", "2020-03-01"), an_event("death", None))

    assert occurrences(calendar, *YEAR) == []


def test_a_new_arrest_after_a_release_is_the_one_remembered() -> None:
    calendar = small_calendar(
        an_event("arrest", "2020-03-01"), an_event("release", "2021-04-01"), an_event("arrest", "2022-06-01")
    )

    assert brief(occurrences(calendar, *YEAR)) == [("2027-06-01", "arrest", 0)]


def test_an_event_of_several_is_one_occurrence_of_those_it_still_concerns() -> None:
    calendar = small_calendar(
        an_event("arrest", "2021-07-14", "ann-one", "ben-two", "cal-three"),
        an_event("release", "2025-01-01", "ben-two"),
    )

    found = [o for o in occurrences(calendar, *YEAR) if o.kind == "arrest"]

    assert [o.people for o in found] == [("ann-one", "cal-three")]


@pytest.mark.parametrize("kind", ["statement", "resolution", "election", "rally", "repression"])
def test_facts_with_dates_make_no_yearly_posts(kind: EventKind) -> None:
    assert occurrences(small_calendar(an_event(kind, "2024-05-05")), *YEAR) == []


def test_leads_are_for_observances_and_by_wish_for_anniversaries_but_never_for_deaths() -> None:
    calendar = small_calendar(
        an_observance("05-21"), an_event("arrest", "2020-03-10"), an_event("death", "2020-09-10", "john-roe")
    )

    assert brief(occurrences(calendar, *YEAR, Rules(leads=(3,)))) == [
        ("2027-03-07", "arrest", 3),
        ("2027-03-10", "arrest", 0),
        ("2027-05-18", "observance", 3),
        ("2027-05-21", "observance", 0),
        ("2027-09-10", "death", 0),
    ]


def test_no_leads_means_the_day_alone() -> None:
    assert brief(occurrences(small_calendar(an_observance()), *YEAR, Rules(leads=()))) == [
        ("2027-05-21", "observance", 0)
    ]


def test_operators_may_have_leads_for_deaths_too() -> None:
    calendar = small_calendar(an_event("death", "2020-01-03"))

    found = occurrences(calendar, date(2026, 12, 1), date(2027, 1, 31), Rules(death_leads=(7,)))

    assert brief(found) == [("2026-12-27", "death", 7), ("2027-01-03", "death", 0)]


def a_report(on: str) -> CustodyReport:
    return CustodyReport(status="imprisoned", date=PartialDate.parse(on), quotes=(a_quote(),))


def test_milestones_come_only_while_a_report_within_its_shelf_life_says_imprisoned() -> None:
    arrest = an_event("arrest", "2024-01-01")
    told_of: list[Person | Event] = [a_person(custody=(a_report("2025-05-01"),)), arrest]
    milestone = date(2024, 1, 1) + timedelta(days=500)

    found = occurrences(small_calendar(*told_of), date(2024, 1, 2), date(2030, 1, 1))

    assert [(o.date, o.days, o.years) for o in found if o.kind == "milestone"] == [(milestone, 500, None)]


def test_birthdays_come_only_while_a_report_is_fresh() -> None:
    person = a_person(custody=(a_report("2026-12-20"),))
    calendar = small_calendar(person, an_event("birth", "1970-01-10"))

    assert brief(occurrences(calendar, date(2026, 1, 1), date(2028, 12, 31))) == [("2027-01-10", "birth", 0)]


def test_what_is_held_leaves_the_agenda() -> None:
    calendar = real_calendar().without(people=frozenset({"ihar-lednik"}), events=frozenset(), sources=frozenset())

    found = occurrences(calendar, *YEAR)

    assert "ihar-lednik" not in {person for o in found for person in o.people}
    assert not any("Lednik" in q.exact for o in found for q in o.quotes)


def test_a_held_source_takes_its_claims_with_it() -> None:
    held = frozenset({"eu-neighbours-2024-05-21"})
    calendar = real_calendar().without(people=frozenset(), events=frozenset(), sources=held)

    assert not [o for o in occurrences(calendar, *YEAR) if o.kind in ("observance",)]


def test_a_calendar_of_undated_sources_works() -> None:
    calendar = small_calendar(an_event("release", None), sources=(a_source(dated=None),))

    assert occurrences(calendar, *YEAR) == []
