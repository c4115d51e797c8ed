"""A thousand updates a second from one chat: others are answered as if it were not there."""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.process import running
from tests.app.scene import PATIENCE_S
from tests.telegram import TelegramServer, User

A_SECOND, OTHERS, SECONDS = 1_000, 10, 3
TICK_S = 0.02
MOST_GROWTH_KIB = 60_000


@contextmanager
def flooding(server: TelegramServer, text: str) -> Iterator[list[int]]:
    """Somebody who writes a thousand times a second; yields how often she has written."""
    flooder, written, stop = server.people.add_user(), [0], threading.Event()

    def write() -> None:
        began = time.monotonic()
        while not stop.wait(TICK_S):
            due = int((time.monotonic() - began) * A_SECOND)
            while written[0] < due:
                server.people.say(flooder, text)
                written[0] += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        stop.set()
        thread.join()


def answered_after_s(server: TelegramServer, reader: User) -> float:
    """How long somebody waits for an answer."""
    began = time.monotonic()
    server.people.say(reader, "/today")
    server.wait(lambda: server.messages(reader.id, by_bot=True), PATIENCE_S)
    return time.monotonic() - began


def resident_kib(pid: int) -> int:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


@pytest.mark.parametrize("text", ["/today", "/settings"])
def test_others_are_answered_within_a_second_of_a_flood(tmp_path: Path, text: str) -> None:
    with TelegramServer() as server, running(tmp_path / "home", server) as process:
        readers = [server.people.add_user() for _ in range(OTHERS)]
        answered_after_s(server, server.people.add_user())
        before = resident_kib(process.pid)
        with flooding(server, text) as written:
            began = time.monotonic()
            server.wait(lambda: written[0] >= A_SECOND // 2, PATIENCE_S)
            waits = [answered_after_s(server, reader) for reader in readers]
            while time.monotonic() - began < SECONDS:
                waits.append(answered_after_s(server, server.people.add_user()))
            pace = written[0] / (time.monotonic() - began)
        grown = resident_kib(process.pid) - before
        median, late = statistics.median(waits), statistics.quantiles(waits, n=20, method="inclusive")[-1]
        print(
            f"{text}: {pace:.0f} a second; median {median:.3f} s, 95th {late:.3f} s, {len(waits)} others; {grown} KiB"
        )
        assert process.stop()[0] == 0

    assert pace > A_SECOND * 0.8
    assert (median < 1, late < 1) == (True, True)
    assert grown < MOST_GROWTH_KIB
