"""Whether a queue can be sent before its chats' days end: told at planning, and again each hour it stays so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.database import Database
from bot.outbox.carrier import Line
from bot.outbox.leasing import due_on
from bot.outbox.notices import Late
from bot.outbox.tables import deliveries, waits

_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages a second may be sent, and for how long none at all."""

    rate_per_s: float
    held_s: float = 0.0


@dataclass(slots=True)
class Warnings:
    """Looks whether the queues of these lines can end in time, and tells of one at most once an hour."""

    database: Database
    lines: Sequence[Line]
    elapsed: Callable[[], float]
    _looked_at: float | None = None
    _told_at: dict[str, float] = field(default_factory=dict)

    async def due(self, now: datetime, *, planned: bool) -> list[Late]:
        """What is to be told now; `planned` if the queues have just grown."""
        elapsed = self.elapsed()
        if not planned and self._looked_at is not None and elapsed - self._looked_at < _EVERY_S:
            return []
        self._looked_at = elapsed
        found = [(line, await self._late(line, now)) for line in self.lines if self._may_be_told(line, elapsed)]
        self._told_at |= {line.transport.name: elapsed for line, late in found if late is not None}
        return [late for _, late in found if late is not None]

    def _may_be_told(self, line: Line, elapsed: float) -> bool:
        told_at = self._told_at.get(line.transport.name)
        return told_at is None or elapsed - told_at >= _EVERY_S

    async def _late(self, line: Line, now: datetime) -> Late | None:
        rate = line.limiter.rate_per_s
        if rate is None:
            return None
        return await lateness(self.database, line.transport.name, Pace(rate, line.limiter.all_held_s), now)


async def lateness(database: Database, transport: str, pace: Pace, now: datetime) -> Late | None:
    """How many due deliveries would come too late at this pace; None if none would."""
    groups = await _groups(database, transport, now)
    missing = dict(_missing(groups, pace, now))
    if not missing:
        return None
    waiting = sum(number for number, _ in groups.values())
    lasts_s = pace.held_s + sum(number - barred for number, barred in groups.values()) / pace.rate_per_s
    return Late(sum(missing.values()), min(missing), waiting, pace.rate_per_s, pace.held_s, lasts_s)


async def _groups(database: Database, transport: str, now: datetime) -> Mapping[datetime, tuple[int, int]]:
    """How many are due by each end of a day, soonest first, and how many of them a 429 holds until then."""
    due = (*due_on(transport), deliveries.c.expires_at > now)
    ends = select(deliveries.c.expires_at, func.count()).where(*due).group_by(deliveries.c.expires_at)
    held = (
        waits.c.transport == transport,
        waits.c.chat == deliveries.c.chat,
        waits.c.until >= deliveries.c.expires_at,
    )
    async with database.read() as connection:
        counted = (await connection.execute(ends.order_by(deliveries.c.expires_at))).all()
        barred = (await connection.execute(ends.where(*held))).all()
    by_end = {row[0]: row[1] for row in barred}
    return {row[0]: (row[1], by_end.get(row[0], 0)) for row in counted}


def _missing(groups: Mapping[datetime, tuple[int, int]], pace: Pace, now: datetime) -> Iterator[tuple[datetime, int]]:
    """By each end of a day how many come too late, where any do: whose day ends first is served first."""
    served = 0
    begin = now + timedelta(seconds=pace.held_s)
    for expires_at, (waiting, barred) in groups.items():
        room = max(0, int((expires_at - begin).total_seconds() * pace.rate_per_s) - served)
        in_time = min(waiting - barred, room)
        served += in_time
        if waiting > in_time:
            yield expires_at, waiting - in_time
