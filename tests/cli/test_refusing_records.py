"""Every command that shows or publishes records refuses, in one line, those whose quotes or references do not stand."""

from pathlib import Path

import pytest

from tests.calendars import copy_of_the_records
from tests.cli.test_records_commands import is_one_clear_line
from tests.cli.vigil import vigil


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("upcoming", "--from", "2027-01-01", "--to", "2027-12-31"),
        ("preview", "--on", "2027-02-20"),
        ("find", "Lednik"),
        ("correct", "--yes"),
    ],
)
def test_who_shows_records_refuses_a_quote_that_stands_in_no_document(
    home: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    death = calendar / "events/ihar-lednik-death.yaml"
    death.write_text(death.read_text().replace("died in prison on 20 February", "was killed on 20 February"))

    outcome = vigil(home, *arguments, calendar=calendar, seeds=seeds)

    assert is_one_clear_line(outcome)
    assert "events/ihar-lednik-death.yaml: quotes.0.exact: no such passage" in outcome.err


@pytest.mark.parametrize("arguments", [("run",), ("preview", "--on", "2027-02-20"), ("find", "Lednik")])
def test_who_shows_records_refuses_a_reference_to_nobody(
    home: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    (calendar / "people/ihar-lednik.yaml").unlink()

    outcome = vigil(home, *arguments, calendar=calendar, seeds=seeds)

    assert is_one_clear_line(outcome)
    assert "there is no such person" in outcome.err
