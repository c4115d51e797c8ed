"""`vigil check` as a whole: no fault in the calendar as it is, every fault collected, and no rule untested."""

import inspect

from bot.records import rules
from bot.records.checking import RULES, check
from tests.calendars import CALENDAR, SEEDS
from tests.records import (
    test_checking_dates,
    test_checking_figures,
    test_checking_files,
    test_checking_labels,
    test_checking_listings,
    test_checking_people,
    test_checking_quotes,
)
from tests.records.faults import Records, replaced, written

TABLES = (
    test_checking_dates.FAULTS,
    test_checking_figures.FAULTS,
    test_checking_files.FAULTS,
    test_checking_labels.FAULTS,
    test_checking_listings.FAULTS,
    test_checking_people.FAULTS,
    test_checking_quotes.FAULTS,
)
LEDNIK, FIGURES = "people/ihar-lednik.yaml", "figures/eap-csf-2024-02-27.yaml"


def test_the_calendar_as_it_is_has_no_fault() -> None:
    assert check(CALENDAR, SEEDS).problems == ()


def test_every_fault_is_collected_not_just_the_first(records: Records) -> None:
    for change in (
        replaced(LEDNIK, "years: 64", "years: 65"),
        replaced(FIGURES, "value: 8000", "value: 9000"),
        written("events/nul.yaml", b"\0"),
    ):
        change(records)

    problems = check(records.calendar, records.seeds).problems

    assert {p.file for p in problems} == {LEDNIK, FIGURES, "events/nul.yaml"}


def test_every_rule_has_a_false_record_that_breaks_it() -> None:
    broken = {fault.rule for table in TABLES for fault in table.values()}

    assert [rule.__name__ for rule in RULES if rule not in broken] == []


def test_every_rule_that_is_written_is_asked() -> None:
    modules = [module for _, module in inspect.getmembers(rules, inspect.ismodule)]
    written_rules = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and list(inspect.signature(function).parameters) == ["loaded"]
        and "Problem" in str(inspect.signature(function).return_annotation)
    }

    assert {rule.__name__ for rule in written_rules} == {rule.__name__ for rule in RULES}
