"""Trouble at start and while running: one clear line, nothing sent, nothing lost, and on again once it is over."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.chats.address import Address
from tests.app.process import Process, running, started
from tests.app.scene import PATIENCE_S, address_of, pending_in, remembered_today, states_in, subscribe
from tests.telegram import Chat, Message, TelegramServer

DAY_S = 86_400
RESTRICTED = ("tests.app.restricted",)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return remembered_today(tmp_path_factory.mktemp("records"))


@pytest.fixture
def trouble(tmp_path: Path) -> tuple[str, Path]:
    """What to run, and the folder that says which trouble there is."""
    folder = tmp_path / "trouble"
    folder.mkdir()
    return "tests.app.in_trouble", folder


def is_no_database(home: Path) -> str:
    (home / "vigil.sqlite").write_text("a letter, not a database " * 100)
    return "vigil.sqlite: found no SQLite database, expected Vigil's"


def is_newer(home: Path) -> str:
    _statement(home, "UPDATE alembic_version SET version_num = '9999'")
    return "vigil.sqlite: found revision 9999, expected at most "


def is_read_only(home: Path) -> str:
    (home / "vigil.sqlite").chmod(0o400)
    return "vigil.sqlite: no permission to write the database there"


def has_a_read_only_folder(home: Path) -> str:
    home.chmod(0o500)
    return "Permission denied; check room, owner and mode of its folder"


def has_no_key_in_its_file(home: Path) -> str:
    (home / "vigil.key").write_bytes(b"")
    return "vigil.key: found a key of 0 bytes, expected 32"


def has_a_key_nobody_may_read(home: Path) -> str:
    (home / "vigil.key").chmod(0)
    return "vigil.key: the key file cannot be read: Permission denied"


@pytest.mark.parametrize("spoilt", [is_no_database, is_newer, has_no_key_in_its_file])
def test_a_home_that_is_spoilt_is_told_in_one_line_and_left_alone(
    home: Path, records: dict[str, object], spoilt: Callable[[Path], str]
) -> None:
    with TelegramServer() as server:
        subscribe(home, address_of(server.people.add_channel("Memory")))
        expected = spoilt(home)
        before = _content(home)
        with started(home, server, **records) as process:
            line = refusal(process)

    assert expected in line
    assert server.sent == []
    assert _content(home) == before


@pytest.mark.parametrize("closed", [is_read_only, has_a_read_only_folder, has_a_key_nobody_may_read])
def test_files_that_cannot_be_used_are_told_in_one_line_and_left_alone(
    home: Path, records: dict[str, object], closed: Callable[[Path], str]
) -> None:
    with TelegramServer() as server:
        subscribe(home, address_of(server.people.add_channel("Memory")))
        before = _content(home)
        expected = closed(home)
        with started(home, server, RESTRICTED, **records) as process:
            line = refusal(process)

    home.chmod(0o700)
    assert expected in line
    assert server.sent == []
    (home / "vigil.key").chmod(0o600)
    assert _content(home) == before


def test_a_full_disk_at_start_is_told_and_nothing_sent(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    (trouble[1] / "full").touch()
    with TelegramServer() as server:
        subscribe(home, address_of(server.people.add_channel("Memory")))
        with started(home, server, trouble, **records) as process:
            line = refusal(process)

        assert "vigil.sqlite: the disk that holds the database is full: make room there" in line
        assert server.sent == []
        (trouble[1] / "full").unlink()
        with running(home, server, trouble, **records):
            server.wait(lambda: len(_posts(server)) == 1, PATIENCE_S)


def test_a_locked_database_at_start_is_told(home: Path, records: dict[str, object], trouble: tuple[str, Path]) -> None:
    subscribe(home, Address("room", "room"))
    with _locked(home), started(home, None, trouble, **records) as process:
        line = refusal(process)

    assert "vigil.sqlite: another program keeps the database locked: end it" in line


def test_a_clock_before_the_last_tick_keeps_it_from_starting_until_it_is_trusted(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    with running(home, None, trouble, **records) as process:
        _ticked(process)
        process.kill()
    (trouble[1] / "clock").write_text(str(-0.5 * DAY_S))
    with started(home, None, trouble, **records) as process:
        line = refusal(process)

    assert "the clock says " in line
    assert "set the clock and start again" in line


def test_a_disk_that_fills_up_in_a_broadcast_stops_it_and_room_lets_it_go_on(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    with TelegramServer(latency_s=0.05) as server:
        places = _places(server, 30, 30)
        subscribe(home, *map(address_of, places))
        with running(home, server, trouble, **records, send_rate=20) as process:
            server.wait(lambda: len(_posts(server)) >= 15, PATIENCE_S)
            (trouble[1] / "full").touch()
            _told(process, "full")
            stopped_at = len(_posts(server))
            _ticked(process)
            assert len(_posts(server)) <= stopped_at + 1
            (trouble[1] / "full").unlink()
            _settled(process, home)
            assert process.stop()[0] == 0

    assert Counter(states_in(home)) == {"sent": 60}
    assert Counter(message.chat.id for message in _posts(server)) == {place.id: 1 for place in places}


def test_what_was_sent_when_the_disk_was_full_and_the_bot_was_killed_is_not_sent_again(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    with TelegramServer(latency_s=0.3) as server:
        operators = server.people.add_user()
        places = _places(server, 20, 20)
        subscribe(home, *map(address_of, places))
        settings = records | {"operators": f"telegram:{operators.id}", "send_rate": 60}
        with running(home, server, trouble, **settings) as process:
            # Some have been answered by then, and others are on their way: neither can be written down any more.
            server.wait(lambda: len(_posts(server)) >= 10, PATIENCE_S)
            (trouble[1] / "full").touch()
            _told(process, "full")
            server.wait(lambda: not [r for r in server.in_flight() if r.method == "sendPhoto"], PATIENCE_S)
            process.kill()
        (trouble[1] / "full").unlink()
        with running(home, server, trouble, **settings) as process:
            _settled(process, home)
            assert process.stop()[0] == 0

        arrived = Counter(message.chat.id for message in _posts(server))
        uncertain = states_in(home).count("uncertain")
    assert max(arrived.values()) == 1
    assert {place.id for place in places if place.kind == "channel"} <= arrived.keys()
    assert len(places) - len(arrived) <= uncertain
    assert uncertain >= 1


def test_a_lock_that_lasts_is_told_and_waited_for(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    with TelegramServer(latency_s=0.05) as server:
        places = _places(server, 10, 10)
        subscribe(home, *map(address_of, places))
        with running(home, server, trouble, **records, send_rate=10) as process:
            server.wait(lambda: len(_posts(server)) >= 5, PATIENCE_S)
            with _locked(home):
                _told(process, "locked")
            _settled(process, home)
            assert process.stop()[0] == 0

    assert states_in(home) == ["sent"] * 20
    assert server.doubled() == []


def test_a_clock_set_back_by_days_stops_all_until_it_is_right_again(
    home: Path, records: dict[str, object], trouble: tuple[str, Path]
) -> None:
    clock = trouble[1] / "clock"
    with TelegramServer() as server, running(home, server, trouble, **records) as process:
        _ticked(process)
        clock.write_text(str(-3 * DAY_S))
        _told(process, "clock")
        subscribe(home, address_of(server.people.add_channel("Memory")))
        _ticked(process)
        assert states_in(home) == []
        clock.write_text("0")
        server.wait(lambda: len(_posts(server)) == 1, PATIENCE_S)
        assert process.stop()[0] == 0

    assert sum("the clock was set from about" in line for line in process.err) == 1


def refusal(process: Process) -> str:
    """The one line of a bot that did not start."""
    status = process.ended()
    assert status == 1, (status, process.out, process.err)
    (line,) = process.err
    assert line.startswith("vigil: ")
    return line


def _content(home: Path) -> list[bytes]:
    """What stands in the files that matter."""
    return [(home / name).read_bytes() for name in ("vigil.sqlite", "vigil.key")]


def _statement(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "vigil.sqlite") as connection:
        connection.execute(statement)
    connection.close()


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Another program writes, and does not end."""
    connection = sqlite3.connect(home / "vigil.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


def _told(process: Process, reason: str) -> None:
    process.wait_for(lambda: any(f"cannot work ({reason})" in line for line in process.err), f"{reason} was not told")


def _ticked(process: Process) -> str:
    """Wait for a tick from now on; when it was by its clock."""
    before = process.health("readyz")[1]["last_tick"]
    until = time.monotonic() + PATIENCE_S
    while (ticked := process.health("readyz")[1]["last_tick"]) == before:
        assert time.monotonic() < until, (before, process.err)
    return str(ticked)


def _places(server: TelegramServer, channels: int, readers: int) -> list[Chat]:
    return [
        *(server.people.add_channel(f"Channel {number}") for number in range(channels)),
        *(server.chat(server.people.add_user().id) for _ in range(readers)),
    ]


def _posts(server: TelegramServer) -> list[Message]:
    return [message for message in server.sent if message.photo is not None and not message.deleted]


def _settled(process: Process, home: Path) -> None:
    """Wait until nothing is on its way: what is uncertain then, only a person can settle."""
    until = time.monotonic() + PATIENCE_S
    while pending_in(home):
        assert time.monotonic() < until, (states_in(home), process.err)
