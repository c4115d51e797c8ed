"""Inserting deliveries in chunks: each one `INSERT … SELECT` with an anti-join, in a transaction of its own.

SQLite has one writer, and it is never held for long: the size of a chunk follows the time the
last one took.
"""

import time
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, exists, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.chats.tables import chats
from bot.database import Database, Instant
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State
from bot.outbox.waves import Wave

# Half of what a writer may be held for, so that a chunk that turns out slow still keeps below it.
_AIM_S = 0.02
_LEAST, _MOST = 200, 20_000
_IDS_AT_ONCE = 2_000

IS_ACTIVE = chats.c.state == "active"


class ChunkSize:
    """How many chats to take next, such that a chunk takes about as long as aimed at."""

    def __init__(self, start: int = 1_000) -> None:
        self.rows = start

    def took(self, seconds: float, rows: int) -> None:
        """Learn from a chunk; at most double, and never trust one that was hardly filled."""
        if rows < self.rows // 2:
            return
        wanted = int(self.rows * _AIM_S / max(seconds, 1e-6))
        self.rows = max(_LEAST, min(_MOST, wanted, self.rows * 2))


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries of one wave in one slot."""

    wave: Wave
    slot: Slot

    async def insert_in(
        self, connection: AsyncConnection, these: ColumnElement[bool], among: ColumnElement[bool]
    ) -> int:
        """Insert them for those of these chats that are active and have none; how many there were.

        `among` says of a delivery that its chat may be one of these. Where none is there yet, which is
        the rule, the anti-join is done for the chunk as a whole: row by row it makes SQLite copy the
        chunk to a temporary table first, for half as much time again.
        """
        there = exists().where(deliveries.c.day == self.wave.day, deliveries.c.slot == self.slot, among)
        if await connection.scalar(select(there)):
            same = (deliveries.c.day == self.wave.day) & (deliveries.c.slot == self.slot)
            these &= ~exists().where(same, among, deliveries.c.chat == chats.c.id)
        rows = self._rows().where(these, IS_ACTIVE, has_begun(self.wave.day)).order_by(chats.c.id)
        names = ["day", "slot", "chat", "state", "expires_at", "next_at"]
        statement = insert(deliveries).from_select(names, rows, include_defaults=False)
        return (await connection.execute(statement)).rowcount

    def _rows(self) -> Select[Any]:
        wave = self.wave
        state, next_at = (State.MISSED, None) if wave.is_missed else (State.DUE, wave.due_at)
        return select(
            literal(wave.day, Date),
            literal(self.slot.value, String),
            chats.c.id,
            literal(state.value, String),
            literal(wave.expires_at, Instant),
            literal(next_at, Instant),
        )


def has_begun(day: date) -> ColumnElement[bool]:
    """Whether a chat's first day is that day or earlier."""
    return chats.c.first_day.is_(None) | (chats.c.first_day <= day)


async def insert_for_schedule(database: Database, batch: Batch, schedule: int, size: ChunkSize) -> int:
    """Insert the deliveries of everyone with this schedule; how many there were.

    The order rotates daily, so that at a slow rate it is not always the same chats who come last.
    """
    inserted = 0
    async for first, last in _ranges(database, schedule, batch.wave.day, size):
        these = (chats.c.schedule == schedule) & (chats.c.id > first) & (chats.c.id <= last)
        among = (deliveries.c.chat > first) & (deliveries.c.chat <= last)
        async with database.write() as connection:
            started = time.perf_counter()
            inserted += await batch.insert_in(connection, these, among)
        size.took(time.perf_counter() - started, size.rows)
    return inserted


async def insert_for_chats(database: Database, batch: Batch, ids: Sequence[int]) -> int:
    """Insert the deliveries of these chats; how many there were."""
    inserted = 0
    for chunk in in_chunks(ids, _IDS_AT_ONCE):
        async with database.write() as connection:
            inserted += await insert_in(connection, batch, chunk)
    return inserted


async def insert_in(connection: AsyncConnection, batch: Batch, ids: Collection[int]) -> int:
    """The same for a few chats, in a transaction of the caller's."""
    return await batch.insert_in(connection, chats.c.id.in_(ids), deliveries.c.chat.in_(ids))


def in_chunks(ids: Sequence[int], size: int) -> list[list[int]]:
    """These ids in lists of at most `size`."""
    numbers = iter(ids)
    return list(iter(lambda: list(islice(numbers, size)), []))


async def _ranges(database: Database, schedule: int, day: date, size: ChunkSize) -> AsyncIterator[tuple[int, int]]:
    """Ranges `(after, up to]` of chat ids, from the day's turn upwards and then from the start to it."""
    async with database.read() as connection:
        low, high = (
            await connection.execute(
                select(func.min(chats.c.id), func.max(chats.c.id)).where(chats.c.schedule == schedule, IS_ACTIVE)
            )
        ).one()
    if low is None:
        return
    turn = turn_of(day, low - 1, high)
    for first, last in ((turn, high), (low - 1, turn)):
        after = first
        while after < last:
            async with database.read() as connection:
                upto = await connection.scalar(_nth(schedule, after, last, size.rows)) or last
            yield after, upto
            after = upto


def turn_of(day: date, low: int, high: int) -> int:
    """The chat id after which that day's order begins: each day about 0.62 of the way further round."""
    # Multiples of the golden ratio's fraction visit all parts evenly and never repeat soon.
    return low + int((day.toordinal() * 0.6180339887498949) % 1 * (high - low))


def _nth(schedule: int, after: int, last: int, rows: int) -> Select[int]:
    """The id that ends a chunk of so many chats."""
    within = (chats.c.schedule == schedule, IS_ACTIVE, chats.c.id > after, chats.c.id <= last)
    return select(chats.c.id).where(*within).order_by(chats.c.id).limit(1).offset(rows - 1)
