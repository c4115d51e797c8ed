"""Planning a wave of a million chats, beside one plain statement that inserts the same rows."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from benchmarks.figures import Figure, Rounds, median, spread
from benchmarks.ground import Ground, insert_bare
from benchmarks.scene import Records
from bot.agenda.occurrences import Rules
from bot.app.edition import CalendarEdition
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from bot.outbox.lease import SenderLease
from bot.outbox.outbox import Outbox
from bot.outbox.place import Place
from bot.outbox.planning import Planner
from bot.outbox.tables import deliveries
from tests.calendars import CALENDAR, SEEDS

T = TypeVar("T")

CHATS, FEWER, WISHES = 1_000_000, 50_000, 8
NOW = datetime(2027, 2, 20, 7, tzinfo=UTC)
DAY = date(2027, 2, 20)
_SEAL = Seal(bytes(32))
_TICKS = 20
_RATIO, _AGAIN, _TICK_MS, _HELD_MS = 1.5, 0.5, 10, 50


@dataclass
class _Taken:
    """What each round took, in seconds."""

    bare: list[float] = field(default_factory=list)
    planned: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    tick: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    written: int = 0

    @property
    def ratios(self) -> list[float]:
        return [planned / bare for planned, bare in zip(self.planned, self.bare, strict=True)]


async def measure(ground: Ground, rounds: Rounds) -> list[Figure]:
    """The figures of planning in this database."""
    number = rounds.size(CHATS, FEWER)
    await ground.prepare(number, WISHES)
    edition = Records(str(CALENDAR), str(SEEDS)).shelf().edition
    taken = _Taken()
    for count in range(rounds.number):
        steps = [_bare, _plan]
        # Whichever is first finds the disk as the last round left it.
        found = [await step(ground, edition, taken) for step in (steps if count % 2 else steps[::-1])]
        if found[0] != found[1]:
            raise AssertionError(f"not the same rows: {found}")
        if ground.name == "SQLite":
            await _plan_beside_a_neighbour(ground, edition, taken)
    return _figures(ground.name, number, taken)


def _figures(name: str, number: int, taken: _Taken) -> list[Figure]:
    again = [again / planned for again, planned in zip(taken.again, taken.planned, strict=True)]
    tick_ms = median(taken.tick) * 1000
    figures = [
        Figure(
            f"plan {number:,} chats for one wave, {name}",
            spread(taken.ratios, lambda ratio: f"{ratio:.2f} ×"),
            f"at most {_RATIO} × one bare INSERT … SELECT",
            median(taken.ratios) <= _RATIO,
            f"planned in {spread(taken.planned, _s)}, inserted by the bare statement in {spread(taken.bare, _s)}; "
            f"the chats have {WISHES} different wishes, side by side",
        ),
        Figure(
            f"the same wave again, {name}",
            spread(again, lambda ratio: f"{ratio:.2f} ×"),
            "under half of planning it",
            median(again) < _AGAIN,
            f"a new revision of the calendar that says the same, looked through in {spread(taken.again, _s)}",
        ),
        Figure(
            f"a tick with nothing new, {name}",
            f"{tick_ms:.1f} ms, {'nothing' if not taken.written else f'{taken.written} times something'} written",
            f"under {_TICK_MS} ms, nothing written",
            tick_ms < _TICK_MS and not taken.written,
            f"{len(taken.tick)} ticks of the whole outbox over these chats, {spread(taken.tick, _ms)}",
        ),
    ]
    return figures + ([_held(taken)] if taken.held else [])


def _held(taken: _Taken) -> Figure:
    longest_ms = [max(both) * 1000 for both in zip(taken.held, taken.waited, strict=True)]
    return Figure(
        "SQLite's writer held while planning, at the longest",
        spread(longest_ms, lambda held_ms: f"{held_ms:.0f} ms"),
        f"at most {_HELD_MS} ms",
        median(longest_ms) <= _HELD_MS,
        f"the longest transaction of each round: by our own clock, commit and checkpoint included, "
        f"{spread(taken.held, _ms)}; another process that wrote every 5 ms meanwhile waited at most "
        f"{spread(taken.waited, _ms)}",
    )


async def _bare(ground: Ground, _: CalendarEdition, taken: _Taken) -> object:
    async with ground.fresh() as database:
        began = time.perf_counter()
        await database.transact(lambda connection: insert_bare(connection, NOW))
        taken.bare.append(time.perf_counter() - began)
        return await database.transact(_sums)


async def _plan(ground: Ground, edition: CalendarEdition, taken: _Taken) -> object:
    async with ground.fresh() as database:
        planner = Planner(database, _SEAL)
        await planner.load()
        began = time.perf_counter()
        await planner.plan(edition, NOW)
        taken.planned.append(time.perf_counter() - began)
        found = await database.transact(_sums)
        await _ticks(ground, database, edition, taken)
        revised = CalendarEdition(replace(edition.calendar, revision="revised"), Rules(), None)
        began = time.perf_counter()
        planned = await planner.plan(revised, NOW)
        taken.again.append(time.perf_counter() - began)
        assert not planned.due
        return found


async def _ticks(ground: Ground, database: Database, edition: CalendarEdition, taken: _Taken) -> None:
    """Ticks of a whole outbox that has nothing to do but to find that out."""
    began = time.monotonic()
    place = Place(
        database,
        _SEAL,
        Chats(database, _SEAL),
        lambda: edition,
        lambda: NOW + timedelta(seconds=time.monotonic() - began),
        lambda notice: None,
    )
    outbox = Outbox(place, [], SenderLease(database, exclusive=database.is_sqlite))
    await outbox.tick(place.clock())
    for _ in range(_TICKS):
        before = await ground.writes(database)
        tick_began = time.perf_counter()
        await outbox.tick(place.clock())
        taken.tick.append(time.perf_counter() - tick_began)
        taken.written += before != await ground.writes(database)
    await outbox.stop()


async def _plan_beside_a_neighbour(ground: Ground, edition: CalendarEdition, taken: _Taken) -> None:
    """Plan while another process writes to the same file, and see who waits for whom."""
    async with ground.fresh() as database:
        planner = Planner(database, _SEAL)
        await planner.load()
        held: list[float] = []
        _watch(database, held)
        with neighbour_of(database) as stop:
            await planner.plan(edition, NOW)
            told = await asyncio.to_thread(stop)
        taken.held.append(max(held))
        taken.waited.append(told)


@contextmanager
def neighbour_of(database: Database) -> Iterator[Callable[[], float]]:
    """Another process that writes to the same file; stopping it tells for how long it waited at the longest."""
    command = [sys.executable, "-m", "benchmarks.neighbour", str(database.path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield lambda: float(json.loads(process.communicate("", 30)[0])["longest_s"])
    finally:
        process.kill()
        process.wait()


def _watch(database: Database, held: list[float]) -> None:
    """Note for how long each transaction has the writer, until its end is known to whoever asked for it."""
    transact = database.transact

    async def watched(work: Callable[[Connection], T]) -> T:
        began = 0.0

        def begun(connection: Connection) -> T:
            nonlocal began
            began = time.perf_counter()
            return work(connection)

        result = await transact(begun)
        held.append(time.perf_counter() - began)
        return result

    database.transact = watched  # type: ignore[method-assign]


def _sums(connection: Connection) -> tuple[Any, ...]:
    """What tells whether two tables of deliveries hold the same rows, whatever their order."""
    columns = (deliveries.c.day, deliveries.c.slot, deliveries.c.transport, deliveries.c.state)
    ends = [
        bound(column)
        for column in (*columns, deliveries.c.expires_at, deliveries.c.next_at)
        for bound in (func.min, func.max)
    ]
    chats = deliveries.c.chat
    return tuple(
        connection.execute(select(func.count(), func.sum(chats), func.min(chats), func.max(chats), *ends)).one()
    )


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
