"""Inserting deliveries in chunks, each in a transaction of its own.

SQLite has one writer, and it is never held for long: the size of a chunk follows the time the
last one took.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.database import Database
from bot.outbox.batches import Batch, Reach

# SQLite's one writer may be held for 50 ms: much less, so that a chunk that turns out slow still
# keeps below it. PostgreSQL's writers hold up nobody.
_AIM_S, _AIM_ELSEWHERE_S = 0.020, 0.25
_LEAST, _MOST = 200, 20_000
_IDS_AT_ONCE = 2_000
_SCHEDULES_AT_ONCE = 500
# By how much a stretch of ids is cut that holds too many chats, and grows where there are hardly any.
_STEP = 4

T = TypeVar("T")


class ChunkSize:
    """How many chats to take next, such that a chunk takes about as long as aimed at."""

    def __init__(self, *, one_writer: bool, start: int = 2_000) -> None:
        self.rows = start
        self._aim_s = _AIM_S if one_writer else _AIM_ELSEWHERE_S

    @property
    def too_many(self) -> int:
        """So many chats are better not taken at once."""
        return 2 * self.rows

    def took(self, seconds: float, rows: int) -> None:
        """Learn from a chunk; at most double, and never trust one that was hardly filled."""
        if rows < self.rows // 2:
            return
        wanted = int(self.rows * self._aim_s / max(seconds, 1e-6))
        self.rows = max(_LEAST, min(_MOST, wanted, self.rows * 2))


async def insert_for_schedules(database: Database, batch: Batch, schedules: Sequence[int], size: ChunkSize) -> int:
    """Insert the deliveries of everyone with one of these schedules; how many there were."""
    some = in_chunks(schedules, _SCHEDULES_AT_ONCE)
    return sum([await _insert_by_stretches(database, batch, chunk, size) for chunk in some])


async def insert_for_chats(database: Database, batch: Batch, ids: Sequence[int]) -> int:
    """Insert the deliveries of these chats; how many there were."""
    inserted = 0
    for chunk in in_chunks(ids, _IDS_AT_ONCE):
        inserted += await _in_one_go(database, partial(batch.insert, reach=Reach.of(chunk)))
    return inserted


def in_chunks(ids: Sequence[int], size: int) -> list[list[int]]:
    """These ids in lists of at most `size`."""
    numbers = iter(ids)
    return list(iter(lambda: list(islice(numbers, size)), []))


async def _insert_by_stretches(database: Database, batch: Batch, schedules: Sequence[int], size: ChunkSize) -> int:
    """Insert for one stretch of the chats' ids after the other, upwards, so that the indexes are appended to.

    The last stretch tells how long the next one is to be.
    """
    async with database.read() as connection:
        lacking = await connection.run_sync(batch.lacking, schedules)
    if not lacking:
        return 0
    after, end = min(first for first, _ in lacking.values()) - 1, max(last for _, last in lacking.values())
    inserted, length = 0, end - after
    while after < end:
        reach = Reach.range(lacking, after, after + length)
        too_many = size.too_many
        found, number = await _insert_stretch(database, batch, reach, size)
        if found >= too_many:
            length //= _STEP
            continue
        inserted += number
        after += length
        length = min(length * _STEP, max(1, length * size.rows // max(found, 1)))
    return inserted


async def _insert_stretch(database: Database, batch: Batch, reach: Reach, size: ChunkSize) -> tuple[int, int]:
    """How many chats there are, and how many deliveries that made: none where there are too many chats."""
    too_many = size.too_many

    def work(connection: Connection) -> tuple[float, int, int]:
        began = time.perf_counter()
        found = batch.count(connection, reach, too_many)
        return began, found, batch.insert(connection, reach) if found < too_many else 0

    began, found, inserted = await _in_one_go(database, work)
    size.took(time.perf_counter() - began, inserted)
    return found, inserted


async def _in_one_go(database: Database, work: Callable[[Connection], T]) -> T:
    try:
        return await database.transact(work)
    except IntegrityError:
        # A process that lost the lease without knowing has planned the same at this moment; now it shows.
        return await database.transact(work)
