"""Making a backup's copy ready to be used again: nothing of the past is sent.

Nobody knows what was sent between the backup and now. So whatever was due before this moment
counts as missed, today's included, and is sent neither late nor twice.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.hours import local_day
from bot.chats.first_day import first_day
from bot.chats.sealing import Seal
from bot.chats.tables import chats, schedules
from bot.chats.wording import time_of, zone_named
from bot.database import Database
from bot.outbox.edition import Edition
from bot.outbox.planning import Planner
from bot.outbox.steady_clock import check_start
from bot.outbox.tables import corrections, deliveries
from bot.outbox.verdict import State


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: how many chats, what counts as missed by day, and how many sends nobody can vouch for."""

    chats: int
    missed: Counter[date]
    uncertain: int
    corrections: int


async def make_ready(copy: Database, seal: Seal, edition: Edition, now: datetime) -> Restored:
    """Have nothing in a copy to be sent that was due before now. ClockError if the clock stands before the backup."""
    planner = Planner(copy, seal)
    await planner.load()
    check_start(now, planner.until)
    async with copy.write() as connection:
        uncertain = await _leave_uncertain(connection)
        dropped = await connection.execute(delete(corrections).where(corrections.c.next_at.is_not(None)))
    planned = await planner.plan(edition, now)
    async with copy.write() as connection:
        missed = planned.missed + await _miss(connection)
        await _begin_with_the_next_hour(connection, now)
        number = await connection.scalar(select(func.count()).select_from(chats)) or 0
    return Restored(number, missed, uncertain, dropped.rowcount)


async def _leave_uncertain(connection: AsyncConnection) -> int:
    """Have nobody look for, or send again, what was on its way when the backup was made; how many there were."""
    pending = (deliveries.c.next_at.is_not(None), deliveries.c.state.in_((State.SENDING, State.UNCERTAIN)))
    values = {"state": State.UNCERTAIN, "reason": "restored", "next_at": None}
    left = await connection.execute(update(deliveries).where(*pending).values(values))
    # Epochs are the other database's: there they begin anew.
    await connection.execute(update(deliveries).where(deliveries.c.epoch > 0).values(epoch=0))
    return left.rowcount


async def _miss(connection: AsyncConnection) -> Counter[date]:
    """Record as missed whatever is due; how many, by day."""
    due = (deliveries.c.next_at.is_not(None), deliveries.c.state.in_((State.DUE, State.LEASED)))
    counted = select(deliveries.c.day, func.count().label("number")).where(*due).group_by(deliveries.c.day)
    by_day = Counter({row.day: row.number for row in await connection.execute(counted)})
    await connection.execute(update(deliveries).where(*due).values(state=State.MISSED, next_at=None))
    return by_day


async def _begin_with_the_next_hour(connection: AsyncConnection, now: datetime) -> None:
    """Have each chat whose hour has passed today begin tomorrow, as one that has just subscribed.

    What was missed today stands in its row. This is for what would be said today besides: of somebody
    whose hold ends, or of a record that comes.
    """
    for schedule in (await connection.execute(select(schedules.c.id, schedules.c.zone, schedules.c.at))).all():
        zone, at = zone_named(schedule.zone), time_of(schedule.at)
        begins = first_day(zone, at, now)
        if begins > local_day(zone, now):
            earlier = or_(chats.c.first_day.is_(None), chats.c.first_day < begins)
            same = (chats.c.schedule == schedule.id, chats.c.state == "active", earlier)
            await connection.execute(update(chats).where(*same).values(first_day=begins))
