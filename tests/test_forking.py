"""Forked programs of the tests are the program: what is loaded beforehand exists, and a real start says the same."""

import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.app.process import REAL, running
from tests.cli.vigil import environment, vigil
from tests.forking import LOADED


@pytest.mark.parametrize("module", LOADED)
def test_what_is_loaded_beforehand_exists(module: str) -> None:
    assert find_spec(module) is not None  # the fork server passes over what does not, in silence


def test_a_command_forked_says_what_it_says_from_its_very_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    forked = vigil(home, "find", "Lednik", "--json")
    started = subprocess.run(
        [sys.executable, "-m", "bot", "find", "Lednik", "--json"],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (started.returncode, started.stdout, started.stderr) == (forked.status, forked.out, forked.err)


def test_the_real_program_ends_with_nothing_left_to_complain_of(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(home, None, REAL) as process:
        assert process.stop(signal.SIGTERM)[0] == 0
        assert [line for line in process.err if "the key lies beside the database" not in line] == []
