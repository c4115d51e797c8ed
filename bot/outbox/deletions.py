"""Messages that are not to stay: answers in discreet chats, lists of names, and discreet posts before 48 hours.

What is to be deleted of a known chat is written down, so that a restart forgets none; of a chat of
which nothing is kept it is remembered in memory alone. The process that sends deletes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import Address
from bot.chats.chats import Chats
from bot.chats.tables import chats
from bot.database import Database, insert_into
from bot.outbox.tables import deletions, deliveries
from bot.outbox.transport import Fate, Transport, TransportError
from bot.outbox.verdict import State

# A bot may delete its messages, and those of others in a private chat, for 48 hours; there is time to try again.
DISCREET_POSTS_STAY = timedelta(hours=40)
_POSSIBLE = timedelta(hours=48)
_AT_ONCE = 100
_POSTS_AT_ONCE = 10_000
_AGAIN = timedelta(minutes=5)
# Looking for discreet posts goes through all discreet chats: not at each tick.
_LOOK_EVERY = timedelta(minutes=10)

_log = structlog.get_logger(__name__)


class Deletions:
    """Takes down what is to go, and deletes it once its time has come."""

    def __init__(self, database: Database, chats: Chats, transports: Iterable[Transport]) -> None:
        self._database = database
        self._chats = chats
        self._transports: Mapping[str, Transport] = {transport.name: transport for transport in transports}
        # Messages of chats of which nothing is kept, and when they are due.
        self._passing: dict[tuple[Address, int], datetime] = {}
        self._looked_at: datetime | None = None

    async def later(self, address: Address, message_ids: Sequence[int], due_at: datetime) -> None:
        """Have these messages of a chat deleted at an instant or soon after; one that is to go earlier still does."""
        chat = await self._chats.get(address)
        if chat is None:
            for message_id in message_ids:
                known_at = self._passing.get((address, message_id), due_at)
                self._passing[address, message_id] = min(known_at, due_at)
            return
        # Each once: PostgreSQL touches no row twice in one statement.
        rows = [_row(chat.id, message_id, due_at) for message_id in dict.fromkeys(message_ids)]
        async with self._database.write() as connection:
            insert = insert_into(connection, deletions).values(rows)
            new = {"due_at": insert.excluded.due_at, "until": insert.excluded.until}
            same = (deletions.c.chat, deletions.c.message_id)
            earlier = insert.excluded.due_at < deletions.c.due_at
            await connection.execute(insert.on_conflict_do_update(index_elements=same, set_=new, where=earlier))

    async def delete_due(self, now: datetime, *, is_sender: bool) -> int:
        """Delete what is due, so many at once that a tick stays short; how many are gone.

        What only this process remembers it deletes whether it sends or not.
        """
        gone = await self._delete_passing(now)
        if not is_sender:
            return gone
        if self._looked_at is None or now - self._looked_at >= _LOOK_EVERY:
            self._looked_at = now
            await self._take_discreet_posts(now)
        due = select(deletions.c.chat, deletions.c.message_id).where(deletions.c.due_at <= now)
        async with self._database.read() as connection:
            rows = (await connection.execute(due.order_by(deletions.c.due_at).limit(_AT_ONCE))).all()
        for chat_id, message_id in rows:
            chat = await self._chats.by_id(chat_id)
            gone += chat is not None and await self._delete_one(chat.id, chat.address, message_id, now)
        return gone

    async def _delete_passing(self, now: datetime) -> int:
        due = [one for one, due_at in self._passing.items() if due_at <= now]
        for address, message_id in due:
            del self._passing[address, message_id]
            await self._is_gone(address, message_id)
        return len(due)

    async def _delete_one(self, chat: int, address: Address, message_id: int, now: datetime) -> bool:
        same = (deletions.c.chat == chat, deletions.c.message_id == message_id)
        if await self._is_gone(address, message_id):
            async with self._database.write() as connection:
                await connection.execute(delete(deletions).where(*same))
            return True
        async with self._database.write() as connection:
            await connection.execute(update(deletions).where(*same).values(due_at=now + _AGAIN))
            # Nobody can delete it any more: to know of it would help nobody.
            await connection.execute(delete(deletions).where(deletions.c.until < now))
        return False

    async def _is_gone(self, address: Address, message_id: int) -> bool:
        """Whether nothing more can or need be done about it; false to try again later."""
        transport = self._transports.get(address.transport)
        if transport is None:
            return True
        try:
            await transport.delete(address, message_id)
        except TransportError as exc:
            if exc.fate in (Fate.PASSING, Fate.LOOK_FIRST, Fate.UNCERTAIN, Fate.STOP):
                return False
            _log.info("a message could not be deleted", reason=exc.reason)
        return True

    async def _take_discreet_posts(self, now: datetime) -> None:
        """Have the posts of discreet chats deleted while a bot still may."""
        days = [(now - timedelta(days=n)).date() for n in range(-1, 4)]
        old = (
            deliveries.c.day.in_(days),
            deliveries.c.chat.in_(select(chats.c.id).where(chats.c.discreet)),
            deliveries.c.state == State.SENT,
            deliveries.c.message_id.is_not(None),
            deliveries.c.asked_at <= now - DISCREET_POSTS_STAY,
        )
        columns = (deliveries.c.id, deliveries.c.chat, deliveries.c.message_id)
        async with self._database.read() as connection:
            rows = (await connection.execute(select(*columns).where(*old).limit(_POSTS_AT_ONCE))).all()
        if rows:
            async with self._database.write() as connection:
                await _move(connection, [(row.id, row.chat, row.message_id) for row in rows], now)


def _row(chat: int, message_id: int, due_at: datetime) -> dict[str, object]:
    return {"chat": chat, "message_id": message_id, "due_at": due_at, "until": due_at + _POSSIBLE}


async def _move(connection: AsyncConnection, rows: Sequence[tuple[int, int, int]], now: datetime) -> None:
    """From the deliveries, which then know no message any more, to what is due to go."""
    values = [_row(chat, message_id, now) for _, chat, message_id in rows]
    await connection.execute(insert_into(connection, deletions).values(values).on_conflict_do_nothing())
    ids = [delivery for delivery, _, _ in rows]
    await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(message_id=None))
