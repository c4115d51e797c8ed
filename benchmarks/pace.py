"""Keeping to Telegram's limits: a real `vigil run` that sends to many, and is asked for /today meanwhile.

The rounds run side by side, each with a bot, a home and a server of its own: none needs much of a core.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.figures import Figure, Rounds, median, spread
from benchmarks.scene import FIRST_USER, Records, records_of_today, subscribe_readers
from tests.app.process import REAL, running
from tests.telegram.process import ProcessServer, start_in_process

_RATE, _ANSWER_S = 29, 1.0
_MINUTE_S, _SHORTER_S = 60, 15
_LIMIT = 30
# Before the minute begins, sending is under way for so long; after it, the last answers may take so long.
_UNDER_WAY_S, _LAST_ANSWERS_S = 3, 3
_START_S = 60
_ASKED_EVERY_S = 0.7
_LATENCY_S = 0.05


@dataclass(frozen=True, slots=True)
class _Minute:
    """What the server saw in one round: messages a second, 429s, and how long each answer took."""

    rate: float
    refused: int
    answers_s: list[float]
    asked: int


def measure(rounds: Rounds) -> list[Figure]:
    """The figures of one minute, of so many bots at once."""
    seconds = rounds.size(_MINUTE_S, _SHORTER_S)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(rounds.number) as pool:
        records = records_of_today(Path(folder))
        homes = [Path(folder) / f"bot-{n}" / "home" for n in range(rounds.number)]
        for home in homes:  # one after the other: tables are made by one thread of a process at a time
            home.parent.mkdir()
            asyncio.run(subscribe_readers(home, _readers(seconds), pictures=True))
        minutes = list(pool.map(lambda home: _minute(home, records, seconds), homes))
    return _figures(minutes, seconds)


def _figures(minutes: list[_Minute], seconds: int) -> list[Figure]:
    rates, answers = [one.rate for one in minutes], [taken for one in minutes for taken in one.answers_s]
    refused, asked = sum(one.refused for one in minutes), sum(one.asked for one in minutes)
    late_s = quantiles(answers, n=20)[-1] if len(answers) == asked else float("inf")
    return [
        Figure(
            f"{_LIMIT}/s against sliding windows, for {seconds} s",
            f"{spread(rates, lambda rate: f'{rate:.1f} msg/s')}, {refused} times 429",
            f"at least {_RATE} msg/s, not one 429",
            median(rates) >= _RATE and not refused,
            f"{len(minutes)} times `vigil run` side by side, each with a server of its own that enforces the limits at "
            f"{_LATENCY_S * 1000:.0f} ms; posts with their picture to private chats, and the answers, counted together",
        ),
        Figure(
            "a /today typed meanwhile is answered, 95th percentile",
            f"{late_s:.2f} s",
            f"under {_ANSWER_S:.0f} s",
            late_s < _ANSWER_S,
            f"{len(answers)} of {asked} answered, by people who get no post, half in {median(answers):.2f} s, the "
            f"slowest in {max(answers):.2f} s",
        ),
    ]


def _readers(seconds: int) -> range:
    return range(FIRST_USER, FIRST_USER + round(_LIMIT * (seconds + _UNDER_WAY_S + 10)))


def _minute(home: Path, records: Records, seconds: int) -> _Minute:
    with start_in_process("--limits", "--latency", str(_LATENCY_S), "--users", str(len(_readers(seconds)))) as server:
        askers = [server.people.add_user() for _ in range(round(seconds / _ASKED_EVERY_S))]
        with running(home, server, REAL, **records.settings()):
            server.wait(lambda: server.sent_count, _START_S)
            time.sleep(_UNDER_WAY_S)
            began = time.monotonic()
            asked = _ask(server, askers, began)
            time.sleep(max(0.0, began + seconds - time.monotonic()) + _LAST_ANSWERS_S)
            requests = [request for request in server.requests if request.method.startswith("send") and request.acted]
            refused = server.limits.refused
    within = [request for request in requests if began <= request.at < began + seconds]
    return _Minute(len(within) / seconds, refused, list(_answers(requests, asked)), len(asked))


def _ask(server: ProcessServer, askers: Iterable[Any], began: float) -> dict[int, float]:
    """Have one after the other ask; when each did, on the server's clock, which is the machine's."""
    asked = {}
    for number, asker in enumerate(askers):
        time.sleep(max(0.0, began + number * _ASKED_EVERY_S - time.monotonic()))
        asked[asker.id] = time.monotonic()
        server.people.say(asker, "/today")
    return asked


def _answers(requests: Iterable[Any], asked: dict[int, float]) -> Iterable[float]:
    """How long each who asked waited for the first message."""
    first: dict[int, float] = {}
    for request in requests:
        if request.chat_id in asked and request.answered_at is not None:
            first.setdefault(request.chat_id, request.answered_at)
    return (at - asked[user] for user, at in first.items())
