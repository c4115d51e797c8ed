"""`vigil find` as typed: whatever is looked up is answered, by a line each, and never by an error."""

from pathlib import Path

from tests.cli.vigil import vigil
from tests.commands.test_people import HOSTILE


def test_every_line_read_is_answered_by_a_line(tmp_path: Path) -> None:
    lines = [name for name in HOSTILE if name]
    found = vigil(tmp_path / "home", "find", "-", given="\n".join([*lines, "", "Ales Bialiatski"]) + "\n")
    assert (found.status, found.err) == (0, "")
    assert len(found.out.splitlines()) == len(lines) + 2
    assert found.out.splitlines()[-1].count('"ales-bialiatski"') == 1


def test_a_name_that_is_nobody_s_is_said_to_be(tmp_path: Path) -> None:
    found = vigil(tmp_path / "home", "find", "x" * 4096)
    assert (found.status, found.err) == (0, "")
    assert found.out.strip() == "Nobody by a name like that."
