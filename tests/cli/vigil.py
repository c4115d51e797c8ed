"""Running `vigil` as its users do: a process with its own home, its output and its status."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.calendars import CALENDAR, SEEDS
from tests.forking import Forked

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(home: Path, /, **settings: object) -> dict[str, str]:
    """A process's environment: nothing of ours but these settings."""
    kept = {"COLUMNS": "200", "PYTHONPATH": str(CALENDAR.parent)}
    kept |= {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    base = {"VIGIL_HOME": home, "VIGIL_CALENDAR": CALENDAR, "VIGIL_SEEDS": SEEDS}
    ours = base | {f"VIGIL_{name.upper()}": value for name, value in settings.items()}
    return kept | {name: str(value) for name, value in ours.items()}


def vigil(home: Path, /, *arguments: str, given: str = "", **settings: object) -> Outcome:
    """Run a command to its end, in an empty folder beside its home."""
    cwd = home.parent / "elsewhere"
    cwd.mkdir(exist_ok=True, parents=True)
    process = Forked("bot", arguments, cwd=cwd, env=environment(home, **settings), given=True)
    out, err = process.communicate(given, PATIENCE_S)
    return Outcome(process.wait(0), out, err)


def vigil_in_a_shell(home: Path, line: str) -> Outcome:
    """Run `vigil LINE` as a shell does, with its redirections: for streams that are closed or full."""
    cwd = home.parent / "elsewhere"
    cwd.mkdir(exist_ok=True, parents=True)
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m bot {line}', sys.executable],
        cwd=cwd, env=environment(home), capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr)
