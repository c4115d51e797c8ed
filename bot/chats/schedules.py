"""Which zone, hour and wishes chats share: one row for all who have the same."""

from datetime import time
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Delete, Row, delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.wishes import FactRate, Rhythm, Wishes
from bot.chats.tables import chats, schedules
from bot.chats.wording import minutes_of, read_leads, write_leads, write_topics, zone_named
from bot.database import insert_into

# What `wishes_of` reads of a row.
WISHED = (schedules.c.topics, schedules.c.leads, schedules.c.facts, schedules.c.rhythm)


def wishes_of(row: Row[Any]) -> Wishes:
    """The wishes of a row that holds the columns `WISHED`."""
    return _wishes(row.topics, row.leads, cast(FactRate, row.facts), cast(Rhythm, row.rhythm))


# A broadcast reads them once for each chat, and few are different.
@lru_cache(maxsize=10_000)
def _wishes(topics: str, leads: str, facts: FactRate, rhythm: Rhythm) -> Wishes:
    return Wishes(frozenset(topics.split()), read_leads(leads), facts, rhythm=rhythm)


async def schedule_id(connection: AsyncConnection, zone: str, at: time, wishes: Wishes) -> int:
    """The row for this zone, hour and wishes, made where nobody had them yet; SettingsError if one cannot be."""
    zone_named(zone)
    row = {
        "zone": zone,
        "at": minutes_of(at),
        "topics": write_topics(wishes.topics),
        "leads": write_leads(wishes.leads),
        "facts": wishes.facts,
        "rhythm": wishes.rhythm,
    }
    same = [schedules.c[name] == value for name, value in row.items()]
    # The lock keeps the row from being dropped as empty before our chat stands in it.
    found = select(schedules.c.id).where(*same).with_for_update(read=True, key_share=True)
    if (known := await connection.scalar(found)) is not None:
        return int(known)
    await connection.execute(insert_into(connection, schedules).values(row).on_conflict_do_nothing())
    return int((await connection.execute(found)).scalar_one())


async def drop_if_empty(connection: AsyncConnection, schedule: int) -> None:
    """Delete a schedule that has lost its last chat: alone it would tell of the chat that left."""
    try:
        async with connection.begin_nested():
            await connection.execute(_delete_empty().where(schedules.c.id == schedule))
    except IntegrityError:
        pass  # another process has just put a chat in it


async def drop_empty(connection: AsyncConnection) -> None:
    """Delete every schedule without chats."""
    try:
        async with connection.begin_nested():
            await connection.execute(_delete_empty())
    except IntegrityError:
        pass


def _delete_empty() -> Delete:
    return delete(schedules).where(~exists().where(chats.c.schedule == schedules.c.id))
