"""The systemd unit: what systemd says of it, where it is there, and that it fits the program."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.chats.key_file import read_key
from bot.settings import Settings
from tests.calendars import CALENDAR, ROOT, SEEDS

UNIT = ROOT / "docs/systemd/vigil.service"
WRAPPER = ROOT / "docs/systemd/vigil"
OPERATING = (ROOT / "docs/operating.md").read_text()


class Unit(configparser.RawConfigParser):
    """A unit's sections; what is set several times is joined by newlines."""

    def __init__(self) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
        self.optionxform = str  # type: ignore[assignment, method-assign]
        self.read_string(_joined(UNIT.read_text()))


def _joined(text: str) -> str:
    """Every `Environment=` under a name of its own: a parser would keep the last alone."""
    numbers = iter(range(1000))
    return re.sub(r"^(Environment|SystemCallFilter)=", lambda m: f"{m[1]}{next(numbers)}=", text, flags=re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong_with_it() -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(UNIT)], capture_output=True, text=True, check=False
    )

    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_what_it_sets_are_settings_of_the_program() -> None:
    names = set(re.findall(r"VIGIL_([A-Z_]+)=", UNIT.read_text() + WRAPPER.read_text()))

    assert names <= {name.upper() for name in Settings.model_fields}
    assert {"HOME", "KEY_FILE", "CALENDAR", "SEEDS"} <= names


def test_it_is_hardened_and_ends_as_vigil_does() -> None:
    service = Unit()["Service"]

    for key in (
        "NoNewPrivileges",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectHome",
        "LockPersonality",
        "RestrictSUIDSGID",
    ):
        assert service[key] == "yes"
    assert service["Type"] == "exec"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectoryMode"] == "0700"
    assert (service["CapabilityBoundingSet"], service["LimitCORE"]) == ("", "0")
    assert service["Restart"] == "on-failure"
    assert float(service["TimeoutStopSec"]) > 5


def test_neither_key_nor_token_stands_in_it_and_the_greeting_stays_out_of_the_journal() -> None:
    service = Unit()["Service"]

    assert service["LoadCredential"].startswith("vigil.key:")
    assert "VIGIL_KEY_FILE=%d/vigil.key" in UNIT.read_text()
    assert service["EnvironmentFile"] in OPERATING
    assert "TOKEN" not in UNIT.read_text()
    assert service["StandardOutput"] == "null"
    assert service["StandardError"] == "journal"


def test_the_wrapper_runs_a_command_with_what_the_service_works_with(tmp_path: Path) -> None:
    for name in ("opt/vigil", "etc/vigil", "var/lib"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "opt/vigil/calendar").symlink_to(CALENDAR)
    (tmp_path / "opt/vigil/seeds").symlink_to(SEEDS)
    (tmp_path / "opt/vigil/.venv/bin").mkdir(parents=True)
    command = tmp_path / "opt/vigil/.venv/bin/vigil"
    command.write_text('#!/bin/sh\nenv | grep ^VIGIL_ | sort; echo "$@"\n')
    command.chmod(0o755)
    (tmp_path / "etc/vigil/vigil.env").write_text("VIGIL_CONTACT=vigil@example.org\n")
    wrapper = tmp_path / "vigil"
    wrapper.write_text(re.sub(r"=(/(?:opt|etc|var))", rf"={tmp_path}\1", WRAPPER.read_text()))
    printed = subprocess.check_output(["sh", wrapper, "chats", "list"], env={"PATH": "/usr/bin:/bin"}, text=True)

    assert printed.splitlines() == [
        f"VIGIL_CALENDAR={tmp_path}/opt/vigil/calendar",
        "VIGIL_CONTACT=vigil@example.org",
        f"VIGIL_HOME={tmp_path}/var/lib/vigil",
        f"VIGIL_KEY_FILE={tmp_path}/etc/vigil/vigil.key",
        f"VIGIL_SEEDS={tmp_path}/opt/vigil/seeds",
        "chats list",
    ]


def test_the_key_that_the_document_makes_is_one(tmp_path: Path) -> None:
    (line,) = re.findall(r"^(head -c 32 .*) \| sudo install", OPERATING, re.MULTILINE)
    key = tmp_path / "vigil.key"
    key.write_bytes(subprocess.check_output(line, shell=True))

    assert len(read_key(key)) == 32
