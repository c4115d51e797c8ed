"""Planning: who is to get what today, written down as deliveries once their hour has come.

Goes by waves and by the schedules that chats share, never chat by chat; what is heard is asked of
the edition once for each schedule and day.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, select, update

from bot.agenda.hours import local_day
from bot.agenda.occurrence import Slot
from bot.chats.schedules import wishes_of
from bot.chats.sealing import Seal
from bot.chats.tables import chats, schedules
from bot.chats.wording import minutes_of, time_of
from bot.database import Database, insert_into
from bot.outbox.batches import Batch
from bot.outbox.changes import miss_changes, plan_changes, some_changed
from bot.outbox.chunks import ChunkSize, in_chunks, insert_for_chats, insert_for_schedules
from bot.outbox.edition import Edition
from bot.outbox.followers import followers
from bot.outbox.hearings import Hearings
from bot.outbox.tables import waves
from bot.outbox.waves import LOOK_BACK_DAYS, Memory, Wave, waves_to_plan

_CHATS_AT_ONCE = 1_000
_MARKS_AT_ONCE = 500


@dataclass(slots=True)
class Planned:
    """What a tick wrote down: deliveries due, and those of days that went by, by day."""

    due: int = 0
    missed: Counter[date] = field(default_factory=Counter)

    def add(self, wave: Wave, number: int) -> None:
        """Count deliveries of a wave."""
        if not wave.is_missed:
            self.due += number
        elif number:
            self.missed[wave.day] += number


class Planner:
    """Plans waves and remembers them. Only the holder of the sender's lease may use it."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._memory = Memory()
        self._size = ChunkSize(one_writer=database.is_sqlite)
        self._hearings: Hearings | None = None
        self._planned_at: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """The latest hour that was ever planned; null if none was."""
        return self._memory.until

    async def load(self) -> None:
        """Read the memory of waves; to be called whenever the lease was taken."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(waves))).all()
            first_day = None if rows else await connection.scalar(select(func.min(chats.c.first_day)))
        done = ((row.zone, time_of(row.at), row.day, row.revision) for row in rows)
        until = max((row.due_at for row in rows), default=None)
        if first_day is not None:
            # Chats were added before the first run: what they missed since counts from their first day,
            # which begins in the east up to 14 hours before it does in UTC.
            until = datetime.combine(first_day, time.min, UTC) - timedelta(days=1)
        self._memory = Memory(done, until)
        self._planned_at = None

    async def plan(self, edition: Edition, now: datetime) -> Planned:
        """Write down what has come due. With nothing new it reads once and writes nothing."""
        hearings = self._hearings_of(edition)
        planned = Planned()
        until = self._memory.until
        async with self._database.read() as connection:
            pairs = (await connection.execute(select(schedules.c.zone, schedules.c.at).distinct())).all()
            changed = await some_changed(connection)
        if changed and until is not None:
            # Before the waves, which end first days: later nobody could tell since when a chat was owed something.
            since = partial(_day_planned, self._planned_at, until)
            async for wave, number in miss_changes(self._database, self._seal, hearings, since=since, now=now):
                planned.add(wave, number)
        hours = [(zone, time_of(at)) for zone, at in pairs]
        marks: list[Wave] = []
        for wave in waves_to_plan(hours, self._memory, revision=edition.revision, now=now):
            await self._plan_wave(hearings, wave, planned)
            marks.append(wave)
            if len(marks) == _MARKS_AT_ONCE:
                await self._mark(marks, edition.revision)
        await self._mark(marks, edition.revision)
        if changed:
            planned.due += await plan_changes(self._database, self._seal, hearings, now)
        self._planned_at = now
        return planned

    async def forget_waves(self, now: datetime) -> None:
        """Forget waves too old to matter: a day is missed at most once, and only so far back."""
        before = now.date() - timedelta(days=LOOK_BACK_DAYS + 9)
        async with self._database.read() as connection:
            if await connection.scalar(select(waves.c.day).where(waves.c.day < before).limit(1)) is None:
                return
        async with self._database.write() as connection:
            # The latest of all stays: without it nobody could tell since when days were missed.
            latest = select(waves.c.due_at).order_by(waves.c.due_at.desc()).limit(1).scalar_subquery()
            await connection.execute(delete(waves).where(waves.c.day < before, waves.c.due_at < latest))
        self._memory.forget_before(before)

    def _hearings_of(self, edition: Edition) -> Hearings:
        if self._hearings is None or self._hearings.revision != edition.revision:
            self._hearings = Hearings(edition)
        return self._hearings

    async def _plan_wave(self, hearings: Hearings, wave: Wave, planned: Planned) -> None:
        rows = await self._schedules(wave)
        hearing: dict[Slot, list[int]] = {}
        for schedule in rows:
            for slot in hearings.slots(wishes_of(schedule), wave.day):
                hearing.setdefault(slot, []).append(schedule.id)
            await asyncio.sleep(0)  # thousands of schedules must not keep the workers waiting
        for slot, ids in sorted(hearing.items()):
            planned.add(wave, await insert_for_schedules(self._database, Batch(wave, slot), ids, self._size))
        for schedule in rows:
            await self._plan_followers(hearings, wave, schedule, planned)
        if not wave.is_missed:
            await self._end_first_days(wave)

    async def _plan_followers(self, hearings: Hearings, wave: Wave, schedule: Row[Any], planned: Planned) -> None:
        """Insert for those who hear something only because of whom they follow."""
        which = {"schedule": schedule.id, "day": wave.day}
        for slot, people in hearings.followed(wishes_of(schedule), wave.day).items():
            async with self._database.read() as connection:
                ids = await connection.run_sync(followers, self._seal, people, **which)
            planned.add(wave, await insert_for_chats(self._database, Batch(wave, slot), ids))
        await asyncio.sleep(0)

    async def _schedules(self, wave: Wave) -> Sequence[Row[Any]]:
        """The schedules of a wave's hour."""
        same_hour = (schedules.c.zone == wave.zone, schedules.c.at == minutes_of(wave.at))
        async with self._database.read() as connection:
            return (await connection.execute(select(schedules).where(*same_hour).order_by(schedules.c.id))).all()

    async def _end_first_days(self, wave: Wave) -> None:
        """Forget the first days that have now come: later they would only tell when somebody subscribed."""
        same_hour = (schedules.c.zone == wave.zone) & (schedules.c.at == minutes_of(wave.at))
        come = (chats.c.first_day.is_not(None), chats.c.first_day <= wave.day)
        query = select(chats.c.id).where(*come, chats.c.schedule.in_(select(schedules.c.id).where(same_hour)))
        async with self._database.read() as connection:
            ids = list(await connection.scalars(query))
        for chunk in in_chunks(ids, _CHATS_AT_ONCE):
            async with self._database.write() as connection:
                await connection.execute(update(chats).where(chats.c.id.in_(chunk), *come).values(first_day=None))

    async def _mark(self, marks: list[Wave], revision: str) -> None:
        if not marks:
            return
        rows = [
            {"zone": w.zone, "at": minutes_of(w.at), "day": w.day, "revision": revision, "due_at": w.due_at}
            for w in marks
        ]
        async with self._database.write() as connection:
            await connection.execute(insert_into(connection, waves).on_conflict_do_nothing(), rows)
        for wave in marks:
            self._memory.add(wave, revision)
        marks.clear()


def _day_planned(planned_at: datetime | None, until: datetime, zone: ZoneInfo) -> date:
    """The day in a zone on which planning was last done.

    After a start nobody knows when that was, but that it planned the latest wave there is; and a chat
    that has moved since may have had a day that began there later: in the last zone of all, at UTC-12.
    """
    return local_day(zone, planned_at) if planned_at is not None else (until - timedelta(hours=12)).date()
