"""Sending one post to many people over the wire, beside python-telegram-bot's default client and beside tgcast.

Every measurement has a server of its own, in its own process: what it keeps of one must not burden the next.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Rounds, median, spread
from benchmarks.machine import processor_s
from benchmarks.scene import FIRST_USER, Records, post_of_today, records_of_today, subscribe_readers
from benchmarks.senders.task import Task, Took, run
from bot.transports.telegram_keyboard import keyboard
from tests.telegram.process import start_in_process

IN_FLIGHT = 100
LATENCY_S = 0.05
_RATE, _CPU_S, _TIMES_LIBRARY, _TIMES_TGCAST = 1_500, 0.6, 10, 1.5
_FOR_VIGIL, _FOR_LIBRARY, _FOR_TGCAST, _FOR_TRYING = 12_000, 600, 4_000, 1_500
# Workers and seconds between looks into its queue; each look takes as many messages as there are workers.
_TGCAST_SETTINGS = ((8, 0.01), (16, 0.01), (16, 0.02), (32, 0.01), (32, 0.02), (32, 0.03), (64, 0.05), (64, 0.02))


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sender reached; the server's processor time tells whether it was what held it up."""

    number: int
    took: Took
    server_s: float

    @property
    def rate(self) -> float:
        return self.number / self.took.seconds

    @property
    def processor_s(self) -> float:
        """Processor seconds for a thousand messages."""
        return self.took.processor_s / self.number * 1000


@dataclass
class Bench:
    """The post and the records of today, in a folder, and how to have them sent."""

    folder: Path
    records: Records = field(init=False)
    text: str = field(init=False)
    markup: str = field(init=False)

    def __post_init__(self) -> None:
        self.records = records_of_today(self.folder)
        post = post_of_today(self.records)
        shown = keyboard(post.buttons)
        self.text, self.markup = post.html, json.dumps(shown.to_dict()) if shown else ""

    def vigil(self, number: int, latency_s: float) -> Sent:
        """Have Vigil send to so many; its database is new each time."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            home = Path(folder) / "home"
            asyncio.run(subscribe_readers(home, range(FIRST_USER, FIRST_USER + number)))
            return self._sent("vigil", number, latency_s, home, asdict(self.records))

    def peer(self, sender: str, number: int, latency_s: float, **options: object) -> Sent:
        """Have a peer send the same."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            return self._sent(sender, number, latency_s, Path(folder), options)

    def _sent(self, sender: str, number: int, latency_s: float, home: Path, options: dict[str, Any]) -> Sent:
        with start_in_process("--users", str(number), "--latency", str(latency_s)) as server:
            task = Task(server.api, server.token, str(home), FIRST_USER, number, self.text, self.markup, options)
            before_s = processor_s(server.process.pid)
            took = run(sender, task)
            server_s = processor_s(server.process.pid) - before_s
            arrived = server.sent_count
        if arrived != number:
            raise AssertionError(f"{sender}: {arrived} messages of {number} arrived")
        return Sent(number, took, server_s)


def measure_waiting(rounds: Rounds) -> list[Figure]:
    """At 50 ms: how fast, for how much processor time, and how many times the library's default client."""
    number, for_library = rounds.size(_FOR_VIGIL, 3_000), rounds.size(_FOR_LIBRARY, 200)
    vigil, library = [], []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for _ in range(rounds.number):
            library.append(bench.peer("library", for_library, LATENCY_S, in_flight=IN_FLIGHT))
            vigil.append(bench.vigil(number, LATENCY_S))
    rates, costs = [one.rate for one in vigil], [one.processor_s for one in vigil]
    times = [ours.rate / theirs.rate for ours, theirs in zip(vigil, library, strict=True)]
    what = f"send, durable, {LATENCY_S * 1000:.0f} ms server latency, {IN_FLIGHT} in flight, limits off"
    return [
        Figure(
            what,
            spread(rates, _per_second),
            f"at least {_RATE:,} msg/s",
            median(rates) >= _RATE,
            f"{number:,} messages to private chats, each `sending` on the disk before its request and each answer "
            f"after it; {_server(vigil)}",
        ),
        Figure("its processor time for 1,000", spread(costs, _cpu), f"at most {_CPU_S} s", median(costs) <= _CPU_S),
        Figure(
            "times python-telegram-bot's default client",
            spread(times, _times),
            f"at least {_TIMES_LIBRARY} ×",
            median(times) >= _TIMES_LIBRARY,
            f"it sent {for_library} of the same messages with {IN_FLIGHT} in flight, nothing on disk: "
            f"{spread([one.rate for one in library], _per_second)}, "
            f"{spread([one.processor_s for one in library], _cpu)} of the processor for 1,000",
        ),
    ]


def measure_at_once(rounds: Rounds) -> list[Figure]:
    """At 0 ms: how many times tgcast, at the best of several settings found in the same run."""
    number, for_tgcast = rounds.size(_FOR_VIGIL, 3_000), rounds.size(_FOR_TGCAST, 1_000)
    vigil, tgcast = [], []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        workers, poll_s, tried = _best_settings(bench, rounds)
        for _ in range(rounds.number):
            tgcast.append(bench.peer("tgcast", for_tgcast, 0, workers=workers, poll_s=poll_s))
            vigil.append(bench.vigil(number, 0))
    times = [ours.rate / theirs.rate for ours, theirs in zip(vigil, tgcast, strict=True)]
    return [
        Figure(
            "the same at 0 ms, times tgcast 0.1.1",
            spread(times, _times),
            f"at least {_TIMES_TGCAST} ×",
            median(times) >= _TIMES_TGCAST,
            f"Vigil {spread([one.rate for one in vigil], _per_second)} at "
            f"{spread([one.processor_s for one in vigil], _cpu)} of the processor for 1,000; {_server(vigil)}. tgcast "
            f"{spread([one.rate for one in tgcast], _per_second)} at "
            f"{spread([one.processor_s for one in tgcast], _cpu)}, {for_tgcast:,} of the same messages, with {workers} "
            f"workers and a look each {poll_s * 1000:.0f} ms, the best of {tried}",
        )
    ]


def _best_settings(bench: Bench, rounds: Rounds) -> tuple[int, float, str]:
    """The settings at which tgcast is fastest, and in words all that were tried."""
    settings: Sequence[tuple[int, float]] = _TGCAST_SETTINGS[3:5] if rounds.quick else _TGCAST_SETTINGS
    found = {
        (workers, poll_s): bench.peer("tgcast", _FOR_TRYING, 0, workers=workers, poll_s=poll_s).rate
        for workers, poll_s in settings
    }
    workers, poll_s = max(found, key=lambda one: found[one])
    tried = ", ".join(f"{w}/{p * 1000:.0f} ms: {rate:,.0f}" for (w, p), rate in found.items())
    return workers, poll_s, f"{len(found)} tried ({tried} msg/s)"


def _server(sent: Sequence[Sent]) -> str:
    costs = [one.server_s / one.number * 1000 for one in sent]
    shares = [one.server_s / one.took.seconds for one in sent]
    return (
        f"the server took {spread(costs, _cpu)} of its own core for 1,000, which alone would let it answer "
        f"{1000 / median(costs):,.0f} msg/s, and was busy for {median(shares):.0%} of the time"
    )


def _per_second(rate: float) -> str:
    return f"{rate:,.0f} msg/s"


def _cpu(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _times(times: float) -> str:
    return f"{times:.1f} ×"
