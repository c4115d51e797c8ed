"""Who is there and what they wish: the only way to the tables of chats.

Every change of zone, hour or wishes marks the chat, and the planner then looks at it by itself.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import date, datetime
from typing import Unpack

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import Address, ChatKind
from bot.chats.channels import erase_channel
from bot.chats.chat import Chat, ChatSettings
from bot.chats.rows import chat_at, chat_numbered, chat_of, select_chats
from bot.chats.schedules import drop_if_empty
from bot.chats.sealing import Seal
from bot.chats.settling import make_chat, mark_changed, rest, set_state, take_settings
from bot.chats.tables import chats, follows
from bot.database import Database, insert_into

# Deletes what another room keeps of a chat, or of its former address, in the transaction that deletes or moves it.
Eraser = Callable[[AsyncConnection, int], Awaitable[None]]


class Chats:
    """The chats in a database. `erasers` and `movers` belong to the rooms that keep more of a chat."""

    def __init__(
        self, database: Database, seal: Seal, *, erasers: Iterable[Eraser] = (), movers: Iterable[Eraser] = ()
    ) -> None:
        self._database = database
        self._seal = seal
        self._erasers = tuple(erasers)
        self._movers = tuple(movers)

    async def get(self, address: Address) -> Chat | None:
        """The chat at this address, whatever its state; None if it is unknown."""
        async with self._database.read() as connection:
            return await chat_at(connection, self._seal, address)

    async def places_of(self, address: Address) -> list[Chat]:
        """The chat at this address and every other topic of the same group that is known."""
        here = (
            chats.c.transport == address.transport,
            chats.c.sealed == self._seal.seal(address.transport, address.chat),
        )
        async with self._database.read() as connection:
            rows = await connection.execute(select_chats().where(*here).order_by(chats.c.id))
            return [chat_of(self._seal, row) for row in rows]

    async def by_id(self, chat_id: int) -> Chat | None:
        """The chat of that number; None if there is none."""
        async with self._database.read() as connection:
            return await chat_numbered(connection, self._seal, chat_id)

    async def listing(self) -> list[Chat]:
        """Every chat, by its number."""
        async with self._database.read() as connection:
            rows = await connection.execute(select_chats().order_by(chats.c.id))
            return [chat_of(self._seal, row) for row in rows]

    async def count(self) -> dict[tuple[ChatKind, str], int]:
        """How many chats of each kind are in each state."""
        columns = (chats.c.kind, chats.c.state)
        async with self._database.read() as connection:
            rows = await connection.execute(select(*columns, func.count()).group_by(*columns))
            return {(ChatKind(kind), state): number for kind, state, number in rows}

    async def subscribe(self, address: Address, *, now: datetime, **settings: Unpack[ChatSettings]) -> Chat:
        """Begin or resume posts, from the chat's next hour on; settings not given stay as they are.

        A chat that is subscribed already keeps its first day and only takes the settings.
        """
        return await self._kept(address, now, settings, subscribe=True)

    async def settle(self, address: Address, *, now: datetime, **settings: Unpack[ChatSettings]) -> Chat:
        """Take settings of a chat, without subscribing it where it was not."""
        return await self._kept(address, now, settings, subscribe=False)

    async def change(self, chat_id: int, *, now: datetime, **settings: Unpack[ChatSettings]) -> Chat | None:
        """Take settings of the chat of that number; None if there is none."""
        async with self._database.write() as connection:
            chat = await chat_numbered(connection, self._seal, chat_id)
            if chat is None:
                return None
            await take_settings(connection, chat, settings, now=now, subscribe=False)
            return await chat_numbered(connection, self._seal, chat_id)

    async def unsubscribe(self, address: Address) -> bool:
        """End posts and keep the settings; what was due is dropped. False if it was not subscribed."""
        async with self._database.write() as connection:
            chat = await chat_at(connection, self._seal, address)
            if chat is None or chat.state == "unsubscribed":
                return False
            await set_state(connection, chat.id, "unsubscribed", None)
            return True

    async def rest(self, address: Address, until: date) -> Chat | None:
        """Post nothing before that day of the chat's own, then go on; None if it is not subscribed."""
        async with self._database.write() as connection:
            chat = await chat_at(connection, self._seal, address)
            if chat is None or chat.state != "active":
                return None
            await rest(connection, chat.id, until)
            return await chat_numbered(connection, self._seal, chat.id)

    async def pause(self, chat_id: int, reason: str) -> None:
        """Stop posts to a chat that cannot be reached; `reason` is the transport's short code."""
        async with self._database.write() as connection:
            await set_state(connection, chat_id, "paused", reason)

    async def resume(self, chat_id: int, *, now: datetime) -> Chat | None:
        """Post again to a paused chat, from its next hour on; None if there is no such chat."""
        async with self._database.write() as connection:
            chat = await chat_numbered(connection, self._seal, chat_id)
            if chat is not None and chat.state == "paused":
                await take_settings(connection, chat, {}, now=now, subscribe=True)
            return await chat_numbered(connection, self._seal, chat_id)

    async def forget(self, address: Address) -> bool:
        """Delete every row of a chat and what SQLite's log still holds of it; False if it was unknown."""
        async with self._database.write() as connection:
            chat = await chat_at(connection, self._seal, address)
            if chat is None:
                return False
            await self.delete_in(connection, chat.id)
        await self._database.scrub()
        return True

    async def delete_in(self, connection: AsyncConnection, chat_id: int) -> None:
        """Delete every row of a chat within a transaction of the caller's."""
        for erase in self._erasers:
            await erase(connection, chat_id)
        await erase_channel(connection, chat_id)
        await connection.execute(delete(follows).where(follows.c.chat == chat_id))
        schedule = await connection.scalar(delete(chats).where(chats.c.id == chat_id).returning(chats.c.schedule))
        if schedule is not None:
            await drop_if_empty(connection, schedule)

    async def follow(self, chat_id: int, person_id: str) -> None:
        """Send this chat what concerns a person from now on; twice is once."""
        async with self._database.write() as connection:
            row = {"chat": chat_id, "person": self._seal.follow_hash(person_id)}
            await connection.execute(insert_into(connection, follows).values(row).on_conflict_do_nothing())
            await mark_changed(connection, chat_id)

    async def follow_only(self, chat_id: int, people_ids: Collection[str]) -> None:
        """Send this chat what concerns these people, and end every other follow."""
        rows = [{"chat": chat_id, "person": self._seal.follow_hash(person)} for person in sorted(people_ids)]
        async with self._database.write() as connection:
            await connection.execute(delete(follows).where(follows.c.chat == chat_id))
            if rows:
                await connection.execute(insert(follows), rows)
            await mark_changed(connection, chat_id)

    async def unfollow(self, chat_id: int, person_id: str) -> bool:
        """End a follow; False if there was none."""
        async with self._database.write() as connection:
            hashed = self._seal.follow_hash(person_id)
            same = (follows.c.chat == chat_id) & (follows.c.person == hashed)
            ended = await connection.execute(delete(follows).where(same))
            await mark_changed(connection, chat_id)
            return ended.rowcount > 0

    async def following(self, chat_id: int, people_ids: Collection[str]) -> frozenset[str]:
        """Which of these people the chat follows: all that can be asked of a hash."""
        async with self._database.read() as connection:
            found = await connection.scalars(select(follows.c.person).where(follows.c.chat == chat_id))
            hashes = frozenset(found)
        return frozenset(person for person in people_ids if hashes and self._seal.follow_hash(person) in hashes)

    async def migrate(self, old: Address, new: Address) -> None:
        """Re-address a chat and all its topics; where the new one is known already, it stays as it is."""
        async with self._database.write() as connection:
            await self.migrate_in(connection, old, new)

    async def migrate_in(self, connection: AsyncConnection, old: Address, new: Address) -> None:
        """Re-address a chat and all its topics within a transaction of the caller's."""
        sealed_old, sealed_new = (self._seal.seal(a.transport, a.chat) for a in (old, new))
        at_old = (chats.c.transport == old.transport) & (chats.c.sealed == sealed_old)
        at_new = (chats.c.transport == new.transport) & (chats.c.sealed == sealed_new)
        taken = frozenset(await connection.scalars(select(chats.c.thread).where(at_new)))
        for number, thread in (await connection.execute(select(chats.c.id, chats.c.thread).where(at_old))).all():
            if thread in taken:
                await self.delete_in(connection, number)
            else:
                values = {"transport": new.transport, "sealed": sealed_new, "kind": new.kind}
                await connection.execute(update(chats).where(chats.c.id == number).values(values))
                for move in self._movers:
                    await move(connection, number)

    async def _kept(self, address: Address, now: datetime, settings: ChatSettings, *, subscribe: bool) -> Chat:
        async with self._database.write() as connection:
            chat = await chat_at(connection, self._seal, address)
            if chat is None:
                subscribed_at = now if subscribe else None
                await make_chat(connection, self._seal, address, settings, subscribed_at=subscribed_at)
            else:
                await take_settings(connection, chat, settings, now=now, subscribe=subscribe)
            kept = await chat_at(connection, self._seal, address)
        assert kept is not None  # noqa: S101 (written in this very transaction)
        return kept
