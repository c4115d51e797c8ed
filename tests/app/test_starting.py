"""How `vigil run` starts, refuses to start, and ends."""

import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.app.process import Process, running, started
from tests.calendars import copy_of_the_records
from tests.cli.vigil import vigil
from tests.telegram import TelegramServer

ENDING_S = 5.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def refusal(process: Process) -> str:
    """The one line of a bot that did not start."""
    status = process.ended()
    (line,) = process.err
    assert status == 1, (status, process.out, process.err)
    assert line.startswith("vigil: ")
    return line


def test_it_says_what_it_knows_and_answers_for_its_health(home: Path) -> None:
    with TelegramServer() as server, running(home, server) as process:
        lines = process.out
        healthz, readyz = process.health("healthz"), _ready(process)
        assert process.stop()[0] == 0

    assert lines[0] == f"A new key was made: {home / 'vigil.key'}"
    assert lines[1].startswith("Vigil knows 5 documents: 16 people, ")
    assert lines[2].startswith("The newest is Amnesty International's of 14 July 2025, ")
    assert " days old" in lines[2]
    assert lines[3] == "Next:"
    assert all(line.startswith("  20") for line in lines[4:7])
    assert process.address.startswith("http://127.0.0.1:")
    assert "Telegram: @vigil_test_bot. Chats that get posts: 1, the room included." in lines
    assert healthz == (200, {"status": "ok", "loop": "ok", "database": "ok"})
    assert (readyz[0], readyz[1]["status"]) == (200, "ok")
    assert process.err == []
    assert not any(server.token in line for line in process.out)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_five_seconds_though_a_page_is_open(home: Path, by: signal.Signals) -> None:
    with (
        TelegramServer() as server,
        running(home, server) as process,
        urllib.request.urlopen(process.address + "changes", timeout=ENDING_S) as stream,
    ):
        assert stream.readline().startswith(b"retry:")
        server.wait(lambda: server.requests_of("getUpdates"))
        status, seconds = process.stop(by)

    assert (status, process.err) == (0, [])
    assert seconds < ENDING_S


def test_a_token_that_telegram_refuses_ends_it_with_one_line(home: Path) -> None:
    with TelegramServer() as server:
        other = "123456789:AAanother-token_that_nobody_has_0000000"
        with started(home, server, telegram_token=other) as process:
            line = refusal(process)

    assert "VIGIL_TELEGRAM_TOKEN" in line
    assert other not in "".join([*process.out, *process.err])


@pytest.mark.parametrize("token", ["nonsense", "123456789", "123456789:with spaces in it", "123456789:../getMe"])
def test_what_is_no_token_is_told_without_showing_it(home: Path, token: str) -> None:
    with TelegramServer() as server, started(home, server, telegram_token=token) as process:
        line = refusal(process)

    assert "VIGIL_TELEGRAM_TOKEN" in line
    assert token not in line
    assert server.requests == []


def test_telegram_out_of_reach_does_not_keep_the_room_closed(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        api = f"http://127.0.0.1:{silent.getsockname()[1]}"
        silent.close()
        token = "123456789:AAtest-token_of-the-local-server_0000"
        with running(home, telegram_api=api, telegram_token=token) as process:
            assert any("cannot be reached now" in line for line in process.out)
            assert "Vigil" in process.get()
            status, seconds = process.stop()

    assert status == 0
    assert seconds < ENDING_S


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with started(home, listen=listen) as process:
            line = refusal(process)

    assert "VIGIL_LISTEN" in line
    assert listen in line


def test_a_home_that_cannot_be_written_is_named(home: Path) -> None:
    with started(home, home="/proc/vigil") as process:
        assert "/proc/vigil" in refusal(process)


def test_a_broken_record_is_named(home: Path, tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    (calendar / "events/ihar-lednik-death.yaml").write_text("id: [")
    with started(home, calendar=calendar, seeds=seeds) as process:
        assert "events/ihar-lednik-death.yaml" in refusal(process)


def test_a_key_that_was_made_is_told_once_though_the_start_fails(home: Path) -> None:
    mistyped = home / "kyes" / "vigil.key"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with started(home, key_file=mistyped, listen=listen) as process:
            refusal(process)
    with running(home, key_file=mistyped) as again:
        again.stop()

    assert process.out == [f"A new key was made: {mistyped}"]
    assert not any("new key" in line for line in again.out)


def test_the_key_of_another_database_is_refused(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for folder in (home, other):
        assert vigil(folder, "chats", "add", "telegram:-1001234567890").status == 0
    with started(home, key_file=other / "vigil.key") as process:
        assert "key" in refusal(process)


def _ready(process: Process) -> tuple[int, dict[str, str]]:
    """What `/readyz` says once the first tick is done, which comes right after the start."""
    until = time.monotonic() + ENDING_S
    while (ready := process.health("readyz"))[0] != 200:
        assert time.monotonic() < until, ready
    return ready
