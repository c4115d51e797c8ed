"""Waits that a transport asked for (429), kept so that a restart does not forget them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.chats.address import Address, ChatKind
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database, insert_into
from bot.outbox.limiter import Limiter
from bot.outbox.tables import waits

# In place of a chat's number: the whole transport.
EVERYBODY = 0
# The clock of a run and that of the next do not agree to the millisecond, and a 429 too early asks for more.
_CLOCKS_DIFFER = timedelta(seconds=1)


async def keep_wait(database: Database, transport: str, chat: int, until: datetime) -> None:
    """Write nothing to this chat (or EVERYBODY) before then; a longer wait stays."""
    async with database.write() as connection:
        statement = insert_into(connection, waits).values(transport=transport, chat=chat, until=until)
        longer = statement.on_conflict_do_update(
            index_elements=[waits.c.transport, waits.c.chat],
            set_={"until": statement.excluded.until},
            where=statement.excluded.until > waits.c.until,
        )
        await connection.execute(longer)


async def wait_for_everybody(database: Database, transport: str, now: datetime) -> float:
    """For how many seconds a transport may not be used at all; 0 if it may."""
    same = (waits.c.transport == transport, waits.c.chat == EVERYBODY)
    async with database.read() as connection:
        until = await connection.scalar(select(waits.c.until).where(*same))
    return max(0.0, (until - now).total_seconds()) if until is not None else 0.0


@dataclass(frozen=True, slots=True)
class Floods:
    """What a transport's limiter was told of 429s, written down and taken up again."""

    database: Database
    transport: str
    limiter: Limiter

    async def keep(self, chat: int | None, seconds: float, now: datetime) -> None:
        """Write down a chat's hold, and that of everybody if there is one.

        A chat that is not known (null) is written down nowhere, for its own safety: its hold ends with the run.
        """
        if chat is not None:
            await keep_wait(self.database, self.transport, chat, now + timedelta(seconds=seconds) + _CLOCKS_DIFFER)
        if all_s := self.limiter.all_held_s:
            until = now + timedelta(seconds=all_s) + _CLOCKS_DIFFER
            await keep_wait(self.database, self.transport, EVERYBODY, until)

    async def recall(self, seal: Seal, now: datetime) -> None:
        """Tell the limiter what an earlier run was asked for: answers to people wait for it too."""
        if seconds := await wait_for_everybody(self.database, self.transport, now):
            self.limiter.hold_all(seconds)
        held = select(chats.c.sealed, chats.c.kind, waits.c.until).join(waits, waits.c.chat == chats.c.id)
        async with self.database.read() as connection:
            query = held.where(waits.c.transport == self.transport, waits.c.until > now)
            rows = (await connection.execute(query)).all()
        for row in rows:
            address = Address(self.transport, seal.open(self.transport, row.sealed), kind=ChatKind(row.kind))
            self.limiter.hold_again(address, (row.until - now).total_seconds())


async def forget_waits(database: Database, now: datetime) -> None:
    """Delete the waits that are over."""
    async with database.read() as connection:
        if await connection.scalar(select(waits.c.chat).where(waits.c.until <= now).limit(1)) is None:
            return
    async with database.write() as connection:
        await connection.execute(delete(waits).where(waits.c.until <= now))
