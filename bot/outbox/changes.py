"""Planning of chats whose zone, hour or wishes have changed: each by itself, for its own today.

Where nothing ran since the change, days have gone by in between: what was owed on them is missed.
The mark is cleared in the transaction that plans, so that a change at that very moment is not lost.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.hours import local_day
from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.schedules import WISHED, wishes_of
from bot.chats.sealing import Seal
from bot.chats.tables import chats, schedules
from bot.chats.wording import time_of, zone_named
from bot.database import Database
from bot.outbox.batches import IS_ACTIVE, Batch, Reach, has_begun
from bot.outbox.chunks import insert_for_chats
from bot.outbox.followers import followers
from bot.outbox.hearings import Hearings
from bot.outbox.tables import deliveries
from bot.outbox.waves import Wave, days_gone_by, wave_of

_CHATS_AT_ONCE = 100

# As the partial index says it.
_IS_CHANGED = text("changed")


async def some_changed(connection: AsyncConnection) -> bool:
    """Whether any chat is marked as changed."""
    return await connection.scalar(select(chats.c.id).where(_IS_CHANGED).limit(1)) is not None


async def miss_changes(
    database: Database, seal: Seal, hearings: Hearings, *, since: Callable[[ZoneInfo], date], now: datetime
) -> AsyncIterator[tuple[Wave, int]]:
    """Record what chats that changed were owed on days that are over now; each wave with how many that were.

    `since` is the day in a zone on which planning was last done. For the other chats of its new hour such
    a day may be done with already, so that it is not planned once more. The marks stay, for today is
    still to be planned.
    """
    columns = (schedules.c.id, schedules.c.zone, schedules.c.at, *WISHED)
    query: Select[Any] = select(*columns).distinct().join_from(chats, schedules).where(_IS_CHANGED)
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
    for row in rows:
        zone, wishes = zone_named(row.zone), wishes_of(row)
        for day in days_gone_by(zone, since(zone), local_day(zone, now)):
            wave = wave_of(row.zone, time_of(row.at), day, now)
            for slot in hearings.slots(wishes, day):
                ids = await _owed(database, row.id, wave.day, slot)
                yield wave, await insert_for_chats(database, Batch(wave, slot), ids)
            for slot, people in hearings.followed(wishes, day).items():
                async with database.read() as connection:
                    following = await connection.run_sync(followers, seal, people, schedule=row.id, day=day)
                ids = sorted(set(following).intersection(await _owed(database, row.id, day, slot)))
                yield wave, await insert_for_chats(database, Batch(wave, slot), ids)


async def _owed(database: Database, schedule: int, day: date, slot: Slot) -> list[int]:
    """The chats that changed to this schedule, had begun by that day, and have no delivery of it."""
    theirs = (deliveries.c.day == day, deliveries.c.slot == slot, deliveries.c.chat == chats.c.id)
    wanting = (chats.c.schedule == schedule, IS_ACTIVE, has_begun(day), ~exists().where(*theirs))
    async with database.read() as connection:
        return list(await connection.scalars(select(chats.c.id).where(_IS_CHANGED, *wanting).order_by(chats.c.id)))


async def plan_changes(database: Database, seal: Seal, hearings: Hearings, now: datetime) -> int:
    """Write down what is due today to chats that changed; how many deliveries that made.

    A new hour already past today is due at once, unless that day's slot has its delivery.
    """
    planned = 0
    while True:
        async with database.read() as connection:
            rows = (await connection.execute(_changed())).all()
        if not rows:
            return planned
        # Asked before the writer is held, which is not the time to think.
        waves = {row.schedule: (_wave_today(row, now), wishes_of(row)) for row in rows}
        for wave, wishes in waves.values():
            hearings.followed(wishes, wave.day)
        planned += await database.transact(partial(_plan_marked, seal, hearings, waves, now))


def _plan_marked(
    seal: Seal, hearings: Hearings, waves: Mapping[int, tuple[Wave, Wishes]], now: datetime, connection: Connection
) -> int:
    rows = connection.execute(_changed().with_for_update(of=chats)).all()
    # One that took yet another schedule since stays marked for the next round.
    by_schedule = {s: [row.id for row in rows if row.schedule == s] for s in waves}
    planned = 0
    for schedule, ids in by_schedule.items():
        wave, wishes = waves[schedule]
        if wave.due_at <= now and ids:
            planned += _insert(connection, seal, hearings, (wave, wishes, schedule), ids)
    seen = [row.id for row in rows if row.schedule in waves]
    connection.execute(update(chats).where(chats.c.id.in_(seen)).values(changed=False))
    return planned


def _insert(
    connection: Connection,
    seal: Seal,
    hearings: Hearings,
    asked: tuple[Wave, Wishes, int],
    ids: Sequence[int],
) -> int:
    wave, wishes, schedule = asked
    inserted = 0
    for slot in hearings.slots(wishes, wave.day):
        inserted += Batch(wave, slot).insert(connection, Reach.of(ids))
    for slot, people in hearings.followed(wishes, wave.day).items():
        following = set(followers(connection, seal, people, schedule=schedule, day=wave.day))
        inserted += Batch(wave, slot).insert(connection, Reach.of(following.intersection(ids)))
    return inserted


def _changed() -> Select[Any]:
    columns = (chats.c.id, chats.c.schedule, schedules.c.zone, schedules.c.at, *WISHED)
    return select(*columns).join_from(chats, schedules).where(_IS_CHANGED).order_by(chats.c.id).limit(_CHATS_AT_ONCE)


def _wave_today(row: Row[Any], now: datetime) -> Wave:
    return wave_of(row.zone, time_of(row.at), local_day(zone_named(row.zone), now), now)
