"""When Vigil was last at work: a clock that stands before that is wrong, now or then."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.chats.tables import meta
from bot.database import Database, insert_into
from bot.outbox.tables import waves

_NAME = "ticked_at"


async def last_tick(database: Database) -> datetime | None:
    """When it was last written down that Vigil was at work; null if it never was."""
    async with database.read() as connection:
        found: str | None = await connection.scalar(select(meta.c.value).where(meta.c.name == _NAME))
    return datetime.fromisoformat(found) if found is not None else None


async def keep_last_tick(database: Database, now: datetime) -> None:
    """Write down that Vigil is at work."""
    value = now.isoformat()
    async with database.write() as connection:
        statement = insert_into(connection, meta).values(name=_NAME, value=value)
        await connection.execute(statement.on_conflict_do_update(index_elements=[meta.c.name], set_={"value": value}))


async def trust_clock(database: Database, now: datetime) -> None:
    """Somebody says that the clock is right and was wrong before: forget what was planned for later than now.

    Posts that went out too early stay known, and do not come again on their day.
    """
    async with database.write() as connection:
        await connection.execute(delete(waves).where(waves.c.due_at > now))
        await connection.execute(delete(meta).where(meta.c.name == _NAME))
