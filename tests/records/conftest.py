"""Copies of the records that a test may spoil."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.records import loading
from bot.records.yaml_files import read_yaml
from tests.calendars import copy_of_the_records
from tests.records.faults import Records

PARSED: dict[bytes, dict[str, Any]] = {}


@pytest.fixture(scope="session")
def copy_of_records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """One copy for all tests: a copy for each would take longer than what is tested."""
    return Records(*copy_of_the_records(tmp_path_factory.mktemp("records")))


@pytest.fixture
def records(copy_of_records: Records, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    """The copy, put back afterwards. Unchanged files are parsed once: that takes most of a check."""
    monkeypatch.setattr(loading, "read_yaml", read_once)
    yield copy_of_records
    copy_of_records.restore()


def read_once(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    if raw not in PARSED:
        PARSED[raw] = read_yaml(path)
    return PARSED[raw]
