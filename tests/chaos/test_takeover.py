"""Two processes on one PostgreSQL: the sender is stopped or killed, the other takes over, and nothing comes twice."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.app.process import Process, started
from tests.chaos.broadcast import PATIENCE_S, Broadcast, broadcast, rates
from tests.chaos.rows import Row
from tests.chaos.test_kill import SLACK_S
from tests.databases import empty_database, postgresql

TAKES_OVER_S = 5.0
_STEP = 30


def test_a_sender_stopped_past_its_lease_and_one_killed_double_nothing(tmp_path: Path) -> None:
    with on_postgresql(tmp_path, channels=30, readers=170, seed=51) as scene:
        scene.settings |= rates(scene.server, send=40, operators=20)
        taken_over(scene)


@contextmanager
def on_postgresql(folder: Path, **chats: int) -> Iterator[Broadcast]:
    """A broadcast on a database of its own."""
    with postgresql() as server, empty_database(server) as url, broadcast(folder, database=url, **chats) as scene:
        yield scene


def taken_over(scene: Broadcast) -> str:
    """Stop the sender, let it go on later, kill whoever sends then; check what came of it, and tell the figures."""
    with two(scene) as (first, second):
        scene.server.wait(lambda: scene.written() >= _STEP, PATIENCE_S)
        stopped_for_s = _stopped(scene, first, second)
        scene.wait_for_more(_STEP)
        first.resume()
        first.wait_for(lambda: _says(first, "stands by"), "it did not notice that it had lost the lease")
        scene.wait_for_more(_STEP)
        killed_for_s = _killed(scene, second, first)
        scene.wait_until_settled([first], 1800, tidy=True)
        assert first.stop()[0] == 0
    scene.check_channels()
    uncertain = scene.check_readers(scene.in_flight)
    assert max(stopped_for_s, killed_for_s) <= TAKES_OVER_S, f"taken over after {stopped_for_s} and {killed_for_s} s"
    return (
        f"0 doubled, 0 lost of {len(scene.places)}, {uncertain} uncertain; taken over {stopped_for_s:.1f} s after "
        f"SIGSTOP, {killed_for_s:.1f} s after `kill -9`"
    )


@contextmanager
def two(scene: Broadcast) -> Iterator[tuple[Process, Process]]:
    """Two processes started at once: the one that sends, and the one that stands by."""
    with ExitStack() as stack:
        both = [stack.enter_context(started(scene.home, scene.server, **scene.settings)) for _ in range(2)]
        for process in both:
            process.wait_until_ready()
        standby = [process for process in both if any(line.startswith("Standing by") for line in process.out)]
        assert len(standby) == 1, [process.out for process in both]
        yield next(process for process in both if process not in standby), standby[0]


def _stopped(scene: Broadcast, sender: Process, standby: Process) -> float:
    at = scene.server.clock.elapsed()
    sender.pause()
    # What it had marked and not written yet cannot be told from what it had: to the other it is uncertain.
    scene.in_flight |= {delivery.chat for delivery in scene.deliveries() if delivery.state == "sending"}
    scene.note_in_flight(at, SLACK_S)
    return _seconds_until(scene, at, standby)


def _killed(scene: Broadcast, sender: Process, standby: Process) -> float:
    at = scene.server.clock.elapsed()
    sender.kill()
    scene.note_in_flight(at, SLACK_S)
    return _seconds_until(scene, at, standby)


def _seconds_until(scene: Broadcast, at: float, standby: Process) -> float:
    standby.wait_for(lambda: _says(standby, "sends from now on"), "it did not take over")
    return scene.server.clock.elapsed() - at


def _says(process: Process, words: str) -> bool:
    return any(words in line for line in process.err)


def _long(folder: Path) -> str:
    with on_postgresql(folder, channels=500, readers=500, seed=61) as scene:
        scene.settings |= rates(scene.server, send=30, operators=1)
        return taken_over(scene)


LONG = (
    Row(
        "PostgreSQL, two processes: SIGSTOP of the sender past its lease, SIGCONT later; then `kill -9` of the sender",
        "0 doubled; taken over within 5 s",
        _long,
    ),
)
