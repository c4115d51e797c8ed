"""Standard streams that are closed or take no more: one clear line, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.vigil import vigil_in_a_shell

UPCOMING = "upcoming --from 2027-01-01 --to 2027-12-31"


@pytest.mark.parametrize(
    "line",
    [f"{UPCOMING} --json", UPCOMING, "holds", "chats export", "find -", "check", "--help"],
)
def test_a_full_disk_at_standard_output_is_told_in_one_line(tmp_path: Path, line: str) -> None:
    full = vigil_in_a_shell(tmp_path / "home", f"{line} <<END >/dev/full\nx\nEND")

    assert (full.status, full.err) == (1, "vigil: standard output cannot be written: No space left on device\n")


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    gone = vigil_in_a_shell(tmp_path / "home", f"{UPCOMING} --json | true")

    assert (gone.status, gone.err) == (0, "")


@pytest.mark.parametrize("line", ["find -", "chats add -", "chats import -", "chats remove -"])
def test_a_closed_standard_input_is_told_in_one_line(tmp_path: Path, line: str) -> None:
    closed = vigil_in_a_shell(tmp_path / "home", f"{line} <&-")

    assert (closed.status, closed.err) == (1, "vigil: standard input is closed: there is nothing to read\n")


@pytest.mark.parametrize("line", [f"{UPCOMING} --json", "chats export"])
def test_a_closed_standard_output_takes_everything(tmp_path: Path, line: str) -> None:
    closed = vigil_in_a_shell(tmp_path / "home", f"{line} >&-")

    assert (closed.status, closed.err) == (0, "")
