"""What was last reported of somebody's custody, as of when, and whether it is fresh."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.custody import custody
from bot.records.dates import PartialDate
from bot.records.model import CustodyReport, Withdrawal
from tests.calendars import a_person, a_quote, a_source, an_event, real_calendar, small_calendar

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("person", "status", "as_of", "fresh"),
    [
        ("ihar-lednik", "died", "2024-02-20", True),
        ("vitold-ashurak", "died", "2021-05", True),
        ("aliaksandr-kulinich", "died", "2024-05-21", True),
        ("alexey-navalny", "died", "2024-02-16", True),
        ("ales-bialiatski", "imprisoned", "2025-07-14", False),
        ("siarhei-tsikhanouski", "released", "2025-06-21", False),
        ("maria-kalesnikava", "disappeared", "2025-07-14", False),
        ("ihar-losik", "disappeared", "2025-07-14", False),
        ("gubad-ibadoghlu", "imprisoned", "2024-02-27", False),
        ("viktar-babaryka", "imprisoned", None, False),
        ("mikalai-statkevich", "imprisoned", None, False),
    ],
)
def test_the_last_word_on_the_people_of_the_documents(person: str, status: str, as_of: str | None, fresh: bool) -> None:
    found = custody(real_calendar(), person, on=TODAY)

    assert (found.status, found.as_of and str(found.as_of), found.fresh) == (status, as_of, fresh)
    assert found.quotes


@pytest.mark.parametrize(
    ("on", "status", "as_of"),
    [
        (date(2019, 12, 31), "imprisoned", None),
        (date(2020, 6, 1), "imprisoned", "2020"),
        (date(2021, 6, 1), "disappeared", "2021"),
        (date(2025, 6, 20), "disappeared", "2021"),
        (date(2025, 6, 21), "released", "2025-06-21"),
    ],
)
def test_only_reports_as_of_the_day_or_earlier_count(on: date, status: str, as_of: str | None) -> None:
    found = custody(real_calendar(), "siarhei-tsikhanouski", on=on)

    assert (found.status, found.as_of and str(found.as_of)) == (status, as_of)


@pytest.mark.parametrize(("on", "fresh"), [(date(2025, 8, 13), True), (date(2025, 8, 14), False)])
def test_a_report_is_fresh_for_thirty_days(on: date, fresh: bool) -> None:
    assert custody(real_calendar(), "ales-bialiatski", on=on).fresh is fresh


def test_a_death_is_final() -> None:
    calendar = small_calendar(an_event("death", "2020-01-01"), an_event("arrest", "2022-01-01"))

    assert custody(calendar, "jane-doe", on=TODAY).status == "died"


def test_a_death_withdrawn_is_no_death() -> None:
    withdrawn = Withdrawal(on=PartialDate.parse("2021-01-01"), reason="the source corrected itself")
    calendar = small_calendar(an_event("death", "2020-01-01", withdrawn=withdrawn), an_event("arrest", "2019-01-01"))

    assert custody(calendar, "jane-doe", on=TODAY).status == "imprisoned"


def test_nothing_reported_is_unknown() -> None:
    assert custody(small_calendar(a_person()), "jane-doe", on=TODAY).status == "unknown"


def test_an_undated_report_counts_as_of_its_documents_date() -> None:
    report = CustodyReport(status="imprisoned", quotes=(a_quote(),))
    found = custody(small_calendar(a_person(custody=(report,))), "jane-doe", on=date(2024, 3, 10))

    assert (str(found.as_of), found.fresh) == ("2024-03-01", True)


def test_an_undated_report_in_an_undated_document_precedes_all() -> None:
    report = CustodyReport(status="imprisoned", quotes=(a_quote(),))
    calendar = small_calendar(a_person(custody=(report,)), sources=(a_source(dated=None),))
    released = small_calendar(
        a_person(custody=(report,)), an_event("release", "1990-01-01"), sources=(a_source(dated=None),)
    )

    assert custody(calendar, "jane-doe", on=TODAY).as_of is None
    assert not custody(calendar, "jane-doe", on=TODAY).fresh
    assert custody(released, "jane-doe", on=TODAY).status == "released"


def test_a_sentence_alone_says_nothing_of_custody() -> None:
    assert custody(small_calendar(an_event("sentence", "2023-01-01")), "jane-doe", on=TODAY).status == "unknown"


@given(st.dates(date(2019, 1, 1), date(2035, 1, 1)), st.sampled_from(sorted(real_calendar().people)))
def test_holding_one_person_never_changes_what_is_said_of_another(on: date, held: str) -> None:
    without = real_calendar().without(people=frozenset({held}), events=frozenset(), sources=frozenset())

    for person in without.people:
        full, rest = custody(real_calendar(), person, on=on), custody(without, person, on=on)
        assert (full.status, full.as_of, full.fresh) == (rest.status, rest.as_of, rest.fresh)
