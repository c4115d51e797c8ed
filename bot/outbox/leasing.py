"""Taking deliveries that are due, in batches, and giving them back.

Whose day ends first goes first. Among those that end together the order begins elsewhere each day,
so that at a slow rate it is not always the same chats who come last.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database
from bot.outbox.edition import ChatView
from bot.outbox.followers import followed_by
from bot.outbox.lease import is_current
from bot.outbox.previews import Previewed, skipped_in
from bot.outbox.tables import deliveries, waits
from bot.outbox.verdict import State

# Multiples of the golden ratio's fraction visit every part of a circle evenly.
_TURN = 0.6180339887498949
_OPENED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery in hand, with its chat as it stood when it was taken.

    `is_skipped` where the channel's administrators, shown the post before, wanted none.
    """

    id: int
    day: date
    slot: Slot
    attempts: int
    expires_at: datetime
    chat: Chat
    followed: frozenset[str] = frozenset()
    is_skipped: bool = False

    @property
    def address(self) -> Address:
        """Where it goes."""
        return self.chat.address

    @property
    def is_before_first_day(self) -> bool:
        """Whether the chat has asked since to hear nothing before a later day."""
        rests_until = self.chat.rests_until
        return rests_until is not None and self.day < rests_until

    @property
    def view(self) -> ChatView:
        """What its post depends on."""
        chat = self.chat
        wishes = chat.wishes
        if self.followed:
            wishes = replace(wishes, followed=self.followed)
        return view_of(chat, wishes)


@dataclass(slots=True)
class Round:
    """Where in a group that ends together the sender stands."""

    expires_at: datetime | None = None
    after: int = 0


@dataclass(slots=True)
class Leasing:
    """Leases of one transport for one epoch of the sender."""

    database: Database
    seal: Seal
    transport: str
    epoch: int
    _round: Round = field(default_factory=Round)

    async def lease(self, limit: int, *, now: datetime, people: Collection[str]) -> list[Leased]:
        """Take up to `limit` deliveries that are due, most urgent first.

        `people` are those whom a chat may be found to follow.
        """
        async with self.database.read() as connection:
            ids = await self._ids(connection, limit, now)
        if not ids:
            return []
        taken = (
            update(deliveries)
            .where(deliveries.c.id.in_(ids), deliveries.c.state == State.DUE, is_current(self.epoch))
            .values(state=State.LEASED, epoch=self.epoch)
            .returning(*_COLUMNS)
        )
        async with self.database.write() as connection:
            rows = (await connection.execute(taken)).all()
        order = {number: place for place, number in enumerate(ids)}
        return await self._with_chats(sorted(rows, key=lambda row: order[row.id]), people)

    async def release(self, leased: Collection[Leased]) -> None:
        """Give back what was taken and not sent."""
        ours = (deliveries.c.state == State.LEASED, deliveries.c.epoch == self.epoch)
        async with self.database.write() as connection:
            ids = [delivery.id for delivery in leased]
            await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids), *ours).values(state=State.DUE))

    async def _ids(self, connection: AsyncConnection, limit: int, now: datetime) -> list[int]:
        ready = self._ready(now)
        if not await self._begin_round(connection, ready):
            return []
        here = (deliveries.c.expires_at == self._round.expires_at, deliveries.c.id > self._round.after)
        ids = list(await connection.scalars(_first(limit, ready, *here)))
        if ids:
            self._round.after = ids[-1]
        if len(ids) < limit:
            # The end of the circle: on from its beginning, and then to whoever's day ends next.
            rest = _first(limit, ready)
            taken = frozenset(ids)
            ids += [number for number in await connection.scalars(rest) if number not in taken][: limit - len(ids)]
        return ids

    async def _begin_round(self, connection: AsyncConnection, ready: list[ColumnElement[bool]]) -> bool:
        """Find which group comes first, and where to begin in it; False if nothing is due."""
        row = (
            await connection.execute(_first(1, ready).add_columns(deliveries.c.expires_at, deliveries.c.day))
        ).first()
        if row is None or row.expires_at == self._round.expires_at:
            return row is not None
        same = (*due_on(self.transport), deliveries.c.expires_at == row.expires_at)
        low = await connection.scalar(select(func.min(deliveries.c.id)).where(*same)) or 0
        high = await connection.scalar(select(func.max(deliveries.c.id)).where(*same)) or 0
        self._round = Round(row.expires_at, low - 1 + int(row.day.toordinal() * _TURN % 1 * (high - low + 1)))
        return True

    def _ready(self, now: datetime) -> list[ColumnElement[bool]]:
        waiting = exists().where(waits.c.chat == deliveries.c.chat, waits.c.until > now)
        return [
            *due_on(self.transport),
            deliveries.c.next_at <= now,
            deliveries.c.expires_at > now,
            ~waiting,
        ]

    async def _with_chats(self, rows: Collection[Row[Any]], people: Collection[str]) -> list[Leased]:
        ids = {row.chat for row in rows}
        async with self.database.read() as connection:
            found = (await connection.execute(select_chats().where(chats.c.id.in_(ids)))).all()
            followed = await followed_by(connection, self.seal, ids, people)
            channels = {row.id for row in found if row.kind == ChatKind.CHANNEL}
            skipped = await skipped_in(connection, channels, {row.day for row in rows})
        known = await self._opened(found)
        if orphans := [row.id for row in rows if row.chat not in known]:
            # Forgotten at this very moment: nothing of them is to stay.
            async with self.database.write() as connection:
                await connection.execute(delete(deliveries).where(deliveries.c.id.in_(orphans)))
        leased = [
            leased_of(row, known[row.chat], followed.get(row.chat, frozenset())) for row in rows if row.chat in known
        ]
        if not skipped:
            return leased
        return [replace(one, is_skipped=Previewed(one.chat.id, one.day, one.slot) in skipped) for one in leased]

    async def _opened(self, rows: Collection[Row[Any]]) -> dict[int, Chat]:
        """The chats of these rows by their numbers; what is in flight is not kept waiting meanwhile."""
        known = {}
        for number, row in enumerate(rows):
            if number % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)
            known[row.id] = chat_of(self.seal, row)
        return known


def view_of(chat: Chat, wishes: Wishes) -> ChatView:
    """What a chat's post depends on, with its wishes complete."""
    return ChatView(
        chat.language,
        wishes,
        chat.kind,
        discreet=chat.discreet,
        pictures=chat.pictures,
        opening=chat.opening,
        signature=chat.signature,
    )


_COLUMNS = (
    deliveries.c.id,
    deliveries.c.day,
    deliveries.c.slot,
    deliveries.c.chat,
    deliveries.c.attempts,
    deliveries.c.expires_at,
)


def due_on(transport: str) -> tuple[ColumnElement[bool], ...]:
    """Pending and due on a transport, as the index of pending deliveries has them."""
    return (deliveries.c.transport == transport, deliveries.c.state == State.DUE, deliveries.c.next_at.is_not(None))


def leased_of(row: Row[Any], chat: Chat, followed: frozenset[str] = frozenset()) -> Leased:
    """A row of deliveries with its chat."""
    return Leased(row.id, row.day, Slot(row.slot), row.attempts, row.expires_at, chat, followed)


def _first(limit: int, conditions: list[ColumnElement[bool]], *more: ColumnElement[bool]) -> Select[Any]:
    query = select(deliveries.c.id).where(*conditions, *more)
    return query.order_by(deliveries.c.expires_at, deliveries.c.id).limit(limit)
