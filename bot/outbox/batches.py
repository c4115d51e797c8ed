"""The statements that insert the deliveries of one wave in one slot, by anti-join."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Exists,
    Select,
    String,
    and_,
    exists,
    func,
    insert,
    literal,
    select,
)

from bot.agenda.occurrence import Slot
from bot.chats.tables import chats, schedules
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
    def range(cls, of: Collection[int], after: int, upto: int) -> Self:
        """The chats with one of these schedules whose ids are above `after` and at most `upto`."""
        schedule, chat = chats.c.schedule, deliveries.c.chat
        # Of one schedule the index gives them in the order of their ids, without sorting.
        theirs = schedule.in_(of) if len(of) > 1 else schedule == next(iter(of))
        return cls(theirs & (chats.c.id > after) & (chats.c.id <= upto), (chat > after) & (chat <= upto))

    @classmethod
    def of(cls, ids: Collection[int]) -> Self:
        """These chats."""
        return cls(chats.c.id.in_(ids), deliveries.c.chat.in_(ids))


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries of one wave in one slot."""

    wave: Wave
    slot: Slot

    def lacking(self, connection: Connection, of: Collection[int]) -> dict[int, tuple[int, int]]:
        """Which of these schedules have a chat that is to get it and has none; from which chat to which.

        The first is one without; behind the last there surely is none.
        """
        theirs = (chats.c.schedule == schedules.c.id, IS_ACTIVE)
        lacks = select(chats.c.id).where(*theirs, has_begun(self.wave.day), ~self._has_one())
        first = lacks.order_by(chats.c.id).limit(1).scalar_subquery()
        last = select(chats.c.id).where(*theirs).order_by(chats.c.id.desc()).limit(1).scalar_subquery()
        query = select(schedules.c.id, first.label("first"), last.label("last")).where(schedules.c.id.in_(of))
        return {row.id: (row.first, row.last) for row in connection.execute(query) if row.first is not None}

    def some_missing(self, connection: Connection, reach: Reach) -> bool:
        """Whether any of these chats is to get it and has none."""
        return bool(connection.scalar(select(exists().where(*self._wanting(reach), ~self._has_one(reach)))))

    def count(self, connection: Connection, reach: Reach, most: int) -> int:
        """How many of these chats are to get it, whether they have it or not; not counted beyond `most`."""
        some = select(chats.c.id).where(*self._wanting(reach)).limit(most).subquery()
        return connection.scalar(select(func.count()).select_from(some)) or 0

    def insert(self, connection: Connection, reach: Reach) -> int:
        """Insert it for those of these chats that are active and have none; how many there were.

        Where none is there yet, which is the rule, the anti-join is done for all at once: row by row
        it makes SQLite copy the rows to a temporary table first, for half as much time again.
        """
        wanting = self._wanting(reach)
        if connection.scalar(select(self._there(reach))):
            if not self.some_missing(connection, reach):
                return 0
            wanting.append(~self._has_one(reach))
        rows = self._rows().where(*wanting).order_by(chats.c.id)
        names = ["day", "slot", "chat", "transport", "state", "expires_at", "next_at"]
        statement = insert(deliveries).from_select(names, rows, include_defaults=False)
        return connection.execute(statement).rowcount

    def _there(self, reach: Reach) -> Exists:
        """Whether any delivery of it stands in reach, perhaps of a chat with another schedule."""
        return exists().where(and_(*self._same(), reach.deliveries))

    def _has_one(self, reach: Reach | None = None) -> Exists:
        # The reach once more: without it PostgreSQL would hash the whole slot for every chunk.
        within = () if reach is None else (reach.deliveries,)
        return exists().where(*self._same(), *within, deliveries.c.chat == chats.c.id)

    def _same(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (deliveries.c.day == self.wave.day, deliveries.c.slot == self.slot)

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
