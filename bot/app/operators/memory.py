"""What the operators were told and what they still are to be, where a restart must not forget it: rows of `meta`."""

from sqlalchemy import delete, select, update

from bot.chats.tables import meta
from bot.database import Database, insert_into

# Deliveries that were missed and not yet told: days and numbers as JSON.
MISSED = "operators_missed"
# Through which day the dates ahead have been listed, and the last day of the list under way if there is one.
LISTED = "operators_listed"


async def recall(database: Database, name: str) -> str | None:
    """What is kept under that name."""
    async with database.read() as connection:
        found: str | None = await connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return found


async def keep(database: Database, name: str, value: str | None) -> None:
    """Keep it under that name instead of what was there; null keeps nothing."""
    async with database.write() as connection:
        if value is None:
            await connection.execute(delete(meta).where(meta.c.name == name))
            return
        statement = insert_into(connection, meta).values(name=name, value=value)
        newer = statement.on_conflict_do_update(index_elements=[meta.c.name], set_={"value": value})
        await connection.execute(newer)


async def swap(database: Database, name: str, old: str | None, new: str) -> bool:
    """Keep `new` where `old` is kept; False if another process was quicker."""
    async with database.write() as connection:
        if old is None:
            first = insert_into(connection, meta).values(name=name, value=new).on_conflict_do_nothing()
            return (await connection.execute(first)).rowcount > 0
        newer = update(meta).where(meta.c.name == name, meta.c.value == old).values(value=new)
        return (await connection.execute(newer)).rowcount > 0
