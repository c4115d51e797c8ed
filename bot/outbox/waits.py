"""Waits that a transport asked for (429), kept so that a restart does not forget them."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.database import Database, insert_into
from bot.outbox.tables import waits

# In place of a chat's number: the whole transport.
EVERYBODY = 0


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


async def forget_waits(database: Database, now: datetime) -> None:
    """Delete the waits that are over."""
    async with database.read() as connection:
        if await connection.scalar(select(waits.c.chat).where(waits.c.until <= now).limit(1)) is None:
            return
    async with database.write() as connection:
        await connection.execute(delete(waits).where(waits.c.until <= now))
