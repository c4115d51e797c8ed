"""What `calendar/README.md` teaches holds: its example is a record that passes every rule."""

import re
from pathlib import Path

from bot.records.checking import check
from bot.records.loading import FOLDERS
from bot.records.schema import stale_schemas
from tests.calendars import CALENDAR, copy_of_the_records

README = (CALENDAR / "README.md").read_text()


def test_the_example_passes_the_check_in_place_of_the_file_it_names(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n# (\S+)\n(.*?)```", README, re.DOTALL)
    assert example is not None
    calendar, seeds = copy_of_the_records(tmp_path)
    (calendar / example[1]).write_text(example[2])

    assert check(calendar, seeds).problems == ()


def test_every_folder_is_described() -> None:
    assert [folder for folder in FOLDERS if f"| `{folder}/` |" not in README] == []


def test_the_schemas_beside_the_records_are_those_of_the_model() -> None:
    assert stale_schemas(CALENDAR) == []


def test_no_python_stands_in_the_calendar() -> None:
    """A package named calendar would shadow the standard library's, which email and http.cookiejar import."""
    assert list(CALENDAR.rglob("*.py*")) == []
