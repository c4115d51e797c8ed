"""The example in the README runs."""

import re
import subprocess
import sys
from pathlib import Path

from tests.telegram import People, TelegramServer

README = Path(__file__).with_name("README.md").read_text()


def test_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", example]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_act_of_people_is_named() -> None:
    acts = [name for name in dir(People) if not name.startswith("_")]
    assert [name for name in acts if f"`{name}" not in README] == []


def test_every_way_to_look_is_named() -> None:
    names = [name for name in dir(TelegramServer) if not name.startswith("_") and name != "summary"]
    assert [name for name in names if name not in README] == []
