"""Whoever shows the calendar gets it only where quotes and references stand; the other rules do not matter."""

from collections.abc import Callable

import pytest

from bot.records.problems import RecordsError
from bot.records.showing import load_calendar
from tests.records.faults import Change, Records, removed, replaced

DEATH, LEDNIK = "events/ihar-lednik-death.yaml", "people/ihar-lednik.yaml"
EAP = "sources/eap-csf-2024-02-27.yaml"
WORDS = "Ihar Lednik died in prison on 20 February 2024."

Found = Callable[[Change], RecordsError]


@pytest.fixture
def found(records: Records) -> Found:
    def load_changed(change: Change) -> RecordsError:
        change(records)
        with pytest.raises(RecordsError) as caught:
            load_calendar(records.calendar, records.seeds)
        return caught.value

    return load_changed


def test_a_quote_that_stands_in_no_document_is_refused(found: Found) -> None:
    (problem,) = found(replaced(DEATH, WORDS, "He was killed in his cell.")).problems

    assert (problem.file, problem.key, problem.found) == (
        DEATH,
        "quotes.0.exact",
        "He was killed in his cell.",
    )


def test_a_quote_of_no_source_is_refused(found: Found) -> None:
    change = replaced(DEATH, "source: eap-csf-2024-02-27", "source: nobody-2024")

    assert [(p.file, p.key) for p in found(change).problems] == [(DEATH, "quotes.0.source")]


def test_an_event_of_somebody_without_a_record_is_refused(found: Found) -> None:
    files = {problem.file for problem in found(removed(LEDNIK)).problems}

    assert DEATH in files


def test_a_passage_that_dates_no_document_is_refused(found: Found) -> None:
    change = replaced(EAP, "exact: ", "exact: Written in haste. ")

    assert [(p.file, p.key) for p in found(change).problems] == [(EAP, "dated.exact")]


def test_a_spelling_of_no_source_is_refused(found: Found) -> None:
    change = replaced(LEDNIK, "source: eap-csf-2024-02-27", "source: nobody-2024")

    assert [p.key for p in found(change).problems] == ["spellings.0"]


def test_an_observance_on_no_day_is_refused(found: Found) -> None:
    file = "observances/solidarity-with-political-prisoners.yaml"

    assert [(p.file, p.key) for p in found(replaced(file, "day: 05-21", "day: 02-30")).problems] == [(file, "day")]


def test_what_cannot_be_read_is_told_before_what_misses_it(found: Found) -> None:
    assert {p.file for p in found(replaced(LEDNIK, "names:", "nmes:")).problems} == {LEDNIK}


def test_a_date_that_its_quote_does_not_give_is_for_the_rulebook(records: Records) -> None:
    replaced(DEATH, "2024-02-20", "2024-02-21")(records)

    assert str(load_calendar(records.calendar, records.seeds).events["ihar-lednik-death"].date) == "2024-02-21"
