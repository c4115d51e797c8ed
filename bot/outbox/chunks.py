"""Inserting deliveries in chunks, each in a transaction of its own.

SQLite has one writer, and it is never held for long: the size of a chunk follows the time the
last one took.
"""

import time
from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from bot.chats.tables import chats
from bot.database import Database
from bot.outbox.batches import IS_ACTIVE, Batch, Reach

# SQLite's one writer may be held for 50 ms: half of that, so that a chunk that turns out slow still
# keeps below it. PostgreSQL's writers hold up nobody.
_AIM_S, _AIM_ELSEWHERE_S = 0.025, 0.25
_LEAST, _MOST = 200, 20_000
_IDS_AT_ONCE = 2_000


class ChunkSize:
    """How many chats to take next, such that a chunk takes about as long as aimed at."""

    def __init__(self, *, one_writer: bool, start: int = 2_000) -> None:
        self.rows = start
        self._aim_s = _AIM_S if one_writer else _AIM_ELSEWHERE_S

    def took(self, seconds: float, rows: int) -> None:
        """Learn from a chunk; at most double, and never trust one that was hardly filled."""
        if rows < self.rows // 2:
            return
        wanted = int(self.rows * self._aim_s / max(seconds, 1e-6))
        self.rows = max(_LEAST, min(_MOST, wanted, self.rows * 2))


async def insert_for_schedule(database: Database, batch: Batch, schedule: int, size: ChunkSize) -> int:
    """Insert the deliveries of everyone with this schedule; how many there were.

    Chats go by their ids, upwards, so that the indexes are appended to. A chunk that lacks nothing
    is only read.
    """
    inserted = after = 0
    while True:
        async with database.read() as connection:
            upto = await connection.scalar(_end_of_chunk(schedule, after, size.rows))
            upto = upto or await connection.scalar(_end(schedule, after))
            if upto is None:
                return inserted
            reach = Reach.range(schedule, after, upto)
            there = await batch.some_there(connection, reach)
            complete = there and not await batch.some_missing(connection, reach)
        if not complete:
            inserted += await _insert(database, batch, reach, size)
        after = upto


async def insert_for_chats(database: Database, batch: Batch, ids: Sequence[int]) -> int:
    """Insert the deliveries of these chats; how many there were."""
    return sum([await _insert(database, batch, Reach.of(chunk)) for chunk in in_chunks(ids, _IDS_AT_ONCE)])


def in_chunks(ids: Sequence[int], size: int) -> list[list[int]]:
    """These ids in lists of at most `size`."""
    numbers = iter(ids)
    return list(iter(lambda: list(islice(numbers, size)), []))


async def _insert(database: Database, batch: Batch, reach: Reach, size: ChunkSize | None = None) -> int:
    try:
        return await _insert_once(database, batch, reach, size)
    except IntegrityError:
        # A process that lost the lease without knowing has planned the same at this moment; now it shows.
        return await _insert_once(database, batch, reach, size)


async def _insert_once(database: Database, batch: Batch, reach: Reach, size: ChunkSize | None) -> int:
    async with database.write() as connection:
        started = time.perf_counter()
        inserted = await batch.insert(connection, reach)
    if size is not None:
        size.took(time.perf_counter() - started, inserted)
    return inserted


def _end_of_chunk(schedule: int, after: int, rows: int) -> Select[int]:
    """The id that ends a chunk of so many chats; nothing where fewer are left."""
    within = (chats.c.schedule == schedule, IS_ACTIVE, chats.c.id > after)
    return select(chats.c.id).where(*within).order_by(chats.c.id).limit(1).offset(rows - 1)


def _end(schedule: int, after: int) -> Select[int | None]:
    return select(func.max(chats.c.id)).where(chats.c.schedule == schedule, IS_ACTIVE, chats.c.id > after)
