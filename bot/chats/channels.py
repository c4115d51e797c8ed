"""What belongs to a channel alone: its opening line and signature, and who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import ChatKind
from bot.chats.channel_tables import channels, stewards
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database, insert_into

# Telegram is asked about each of them whether somebody administers it: no more at once.
MOST_ASKED_ABOUT = 30


@dataclass(frozen=True, slots=True)
class Stewardship:
    """How many channels somebody is known to look after, and of how many she sees the posts before."""

    channels: int
    previewing: int


class Channels:
    """Channels in a database, beside what `Chats` knows of them."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    async def set_line(self, chat_id: int, name: str, line: str) -> None:
        """Take the `opening` or `signature` of a channel; empty for none."""
        row = {"chat": chat_id, name: line}
        async with self._database.write() as connection:
            taken = insert_into(connection, channels).values(row)
            await connection.execute(taken.on_conflict_do_update(index_elements=["chat"], set_={name: line}))

    async def near(self, person: int | None) -> Sequence[Chat]:
        """The channels somebody may administer, those she looks after first; few enough to ask about each."""
        hers = select(stewards.c.channel).where(stewards.c.person == person)
        query = select_chats().where(chats.c.kind == ChatKind.CHANNEL)
        query = query.order_by(chats.c.id.not_in(hers), chats.c.id).limit(MOST_ASKED_ABOUT)
        async with self._database.read() as connection:
            return [chat_of(self._seal, row) for row in await connection.execute(query)]

    async def take_steward(self, channel: int, person: int, *, previews: bool | None = None) -> None:
        """Know that somebody looks after a channel, and (unless null) whether she wants to see its posts before."""
        row = {"channel": channel, "person": person}
        async with self._database.write() as connection:
            taken = insert_into(connection, stewards).values(row | {"previews": bool(previews)})
            same = ["channel", "person"]
            known = taken.on_conflict_do_nothing()
            if previews is not None:
                known = taken.on_conflict_do_update(index_elements=same, set_={"previews": previews})
            await connection.execute(known)

    async def stewardship_of(self, person: int) -> Stewardship:
        """What ties somebody to channels."""
        columns = (func.count(), func.count().filter(stewards.c.previews))
        async with self._database.read() as connection:
            found = await connection.execute(select(*columns).where(stewards.c.person == person))
            return Stewardship(*found.one())

    async def stewards_of(self, channel: int, *, previewing: bool = False) -> Sequence[Chat]:
        """The private chats of those who look after a channel; with `previewing` only who sees its posts before."""
        who = select(stewards.c.person).where(stewards.c.channel == channel)
        if previewing:
            who = who.where(stewards.c.previews)
        async with self._database.read() as connection:
            rows = await connection.execute(select_chats().where(chats.c.id.in_(who)).order_by(chats.c.id))
            return [chat_of(self._seal, row) for row in rows]

    async def previews(self, channel: int, person: int) -> bool:
        """Whether somebody sees a channel's posts before."""
        same = (stewards.c.channel == channel, stewards.c.person == person, stewards.c.previews)
        async with self._database.read() as connection:
            return bool(await connection.scalar(select(func.count()).select_from(stewards).where(*same)))


async def erase_channel(connection: AsyncConnection, chat: int) -> None:
    """Delete what is known of a channel, or of somebody who looked after one."""
    await connection.execute(delete(channels).where(channels.c.chat == chat))
    await connection.execute(delete(stewards).where(or_(stewards.c.channel == chat, stewards.c.person == chat)))
