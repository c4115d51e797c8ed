"""The statements that insert the deliveries of one wave in one slot, by anti-join."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Date, Exists, Select, String, and_, exists, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.chats.tables import chats
from bot.database import Instant
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State
from bot.outbox.waves import Wave

IS_ACTIVE = chats.c.state == "active"


def has_begun(day: date) -> ColumnElement[bool]:
    """Whether a chat's first day is that day or earlier."""
    return chats.c.first_day.is_(None) | (chats.c.first_day <= day)


@dataclass(frozen=True, slots=True)
class Reach:
    """Some chats: as a condition on them, and the same on the deliveries that may be theirs."""

    chats: ColumnElement[bool]
    deliveries: ColumnElement[bool]

    @classmethod
    def range(cls, schedule: int, after: int, upto: int) -> Self:
        """The chats with this schedule whose ids are above `after` and at most `upto`."""
        ids = (chats.c.id > after) & (chats.c.id <= upto)
        chat = deliveries.c.chat
        return cls((chats.c.schedule == schedule) & ids, (chat > after) & (chat <= upto))

    @classmethod
    def of(cls, ids: Collection[int]) -> Self:
        """These chats."""
        return cls(chats.c.id.in_(ids), deliveries.c.chat.in_(ids))


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries of one wave in one slot."""

    wave: Wave
    slot: Slot

    async def some_there(self, connection: AsyncConnection, reach: Reach) -> bool:
        """Whether any delivery of it stands in reach, perhaps of a chat with another schedule."""
        return bool(await connection.scalar(select(self._there(reach))))

    async def some_missing(self, connection: AsyncConnection, reach: Reach) -> bool:
        """Whether any of these chats is to get it and has none."""
        return bool(await connection.scalar(select(exists().where(*self._wanting(reach), ~self._has_one(reach)))))

    async def insert(self, connection: AsyncConnection, reach: Reach) -> int:
        """Insert it for those of these chats that are active and have none; how many there were.

        Where none is there yet, which is the rule, the anti-join is done for all at once: row by row
        it makes SQLite copy the rows to a temporary table first, for half as much time again.
        """
        wanting = self._wanting(reach)
        if await self.some_there(connection, reach):
            wanting.append(~self._has_one(reach))
        rows = self._rows().where(*wanting).order_by(chats.c.id)
        names = ["day", "slot", "chat", "transport", "state", "expires_at", "next_at"]
        statement = insert(deliveries).from_select(names, rows, include_defaults=False)
        return (await connection.execute(statement)).rowcount

    def _there(self, reach: Reach) -> Exists:
        same = (deliveries.c.day == self.wave.day) & (deliveries.c.slot == self.slot)
        return exists().where(and_(same, reach.deliveries))

    def _has_one(self, reach: Reach) -> Exists:
        # The reach once more: without it PostgreSQL would hash the whole slot for every chunk.
        return self._there(reach).where(deliveries.c.chat == chats.c.id)

    def _wanting(self, reach: Reach) -> list[ColumnElement[bool]]:
        return [reach.chats, IS_ACTIVE, has_begun(self.wave.day)]

    def _rows(self) -> Select[Any]:
        wave = self.wave
        state, next_at = (State.MISSED, None) if wave.is_missed else (State.DUE, wave.due_at)
        return select(
            literal(wave.day, Date),
            literal(self.slot.value, String),
            chats.c.id,
            chats.c.transport,
            literal(state.value, String),
            literal(wave.expires_at, Instant),
            literal(next_at, Instant),
        )
