"""Folders that Vigil may not look into: one clear line says which, from every command, and the doctor goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calendars import copy_of_the_records
from tests.cli.test_records_commands import is_one_clear_line
from tests.cli.vigil import PATIENCE_S, Outcome, environment, vigil
from tests.forking import Forked

ADVICE = "Permission denied; check its owner and mode"
UPCOMING = ("upcoming", "--from", "2027-01-01", "--to", "2027-01-31")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder with records in it, which is to be closed by the test."""
    folder = tmp_path / "locked"
    copy_of_the_records(folder)
    yield folder
    for path in (folder, folder / "calendar", folder / "calendar/people", folder / "seeds"):
        path.chmod(0o700)


def restricted(home: Path, /, *arguments: str, **settings: object) -> Outcome:
    """Run a command for which modes count, though the tests be root's."""
    process = Forked("tests.app.restricted", arguments, cwd=home.parent, env=environment(home, **settings), given=True)
    out, err = process.communicate("", PATIENCE_S)
    return Outcome(process.wait(0), out, err)


@pytest.mark.parametrize("arguments", [("check",), ("run",), UPCOMING])
@pytest.mark.parametrize("name", ["calendar", "seeds"])
def test_records_in_a_folder_of_somebody_else(home: Path, locked: Path, name: str, arguments: tuple[str, ...]) -> None:
    locked.chmod(0)

    outcome = restricted(home, *arguments, **{name: locked / name})

    assert is_one_clear_line(outcome)
    assert f"VIGIL_{name.upper()}: {locked / name} cannot be read: {ADVICE}" in outcome.err


@pytest.mark.parametrize("mode", [0, 0o100, 0o400])
def test_a_folder_of_records_that_cannot_be_read(home: Path, locked: Path, mode: int) -> None:
    (locked / "calendar").chmod(mode)

    outcome = restricted(home, "check", calendar=locked / "calendar", seeds=locked / "seeds")

    assert is_one_clear_line(outcome)
    assert f"VIGIL_CALENDAR: {locked / 'calendar'} cannot be read: {ADVICE}" in outcome.err


@pytest.mark.parametrize("mode", [0, 0o100])
def test_people_alone_do_not_vanish_in_silence(home: Path, locked: Path, mode: int) -> None:
    (locked / "calendar/people").chmod(mode)
    records = {"calendar": locked / "calendar", "seeds": locked / "seeds"}

    checked, started = restricted(home, "check", **records), restricted(home, "run", **records)

    line = "people: this folder cannot be read: check its owner and mode (found Permission denied"
    assert (checked.status, checked.err, line in checked.out) == (1, "", True)
    assert is_one_clear_line(started)
    assert line in started.err


def test_people_that_can_be_listed_and_not_read(home: Path, locked: Path) -> None:
    (locked / "calendar/people").chmod(0o400)

    outcome = restricted(home, "check", calendar=locked / "calendar", seeds=locked / "seeds")

    assert (outcome.status, outcome.err) == (1, "")
    assert "people/ihar-lednik.yaml: this cannot be read: check its owner and mode" in outcome.out


def test_a_document_that_cannot_be_read(home: Path, locked: Path) -> None:
    next((locked / "seeds").glob("eap-*.txt")).chmod(0)

    outcome = restricted(home, "check", calendar=locked / "calendar", seeds=locked / "seeds")

    assert (outcome.status, outcome.err) == (1, "")
    assert "document: this cannot be read: check its owner and mode (found Permission denied" in outcome.out


@pytest.mark.parametrize("name", ["calendar", "seeds"])
def test_the_doctor_tells_of_records_that_cannot_be_read(home: Path, locked: Path, name: str) -> None:
    locked.chmod(0)

    outcome = restricted(home, "doctor", listen="127.0.0.1:1", **{name: locked / name})

    assert (outcome.status, outcome.err) == (1, "")
    assert f"cannot be read: {ADVICE}" in outcome.out


@pytest.mark.parametrize("has_database", [True, False])
def test_a_key_in_a_folder_that_cannot_be_read(home: Path, locked: Path, has_database: bool) -> None:
    key = locked / "vigil.key"
    if has_database:
        assert vigil(home, "chats", "add", "telegram:-1001234567890", key_file=key).status == 0
    locked.chmod(0)

    started = restricted(home, "run", key_file=key)
    told = restricted(home, "doctor", listen="127.0.0.1:1", key_file=key)

    assert is_one_clear_line(started)
    assert str(key) in started.err
    assert "Permission denied" in started.err
    assert (told.status, told.err) == (1, "")
    assert f"{key}: the key file cannot be looked for: {ADVICE}" in " ".join(told.out.split())


@pytest.mark.parametrize("depth", ["itself", "below"])
def test_a_home_that_cannot_be_read(locked: Path, tmp_path: Path, depth: str) -> None:
    home = locked if depth == "itself" else locked / "home"
    home.mkdir(exist_ok=True)
    locked.chmod(0)

    told = restricted(tmp_path / "any", "doctor", listen="127.0.0.1:1", home=home)
    listed = restricted(tmp_path / "any", *UPCOMING, home=home)

    assert (told.status, told.err) == (1, "")
    assert f"{home} cannot be read: Permission denied" in told.out
    assert is_one_clear_line(listed)
    assert ADVICE in listed.err
