"""What can be measured of the outbox: what waits in the database now, and what this process has done.

Split by transport and state alone, never by language, zone, topic or chat.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database import Database
from bot.outbox.tables import deliveries
from bot.outbox.transport import Fate
from bot.outbox.verdict import State

# Upper bounds in seconds, the last one open: a tick with nothing new takes milliseconds, a million chats seconds.
PLANNING_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
PENDING_STATES = (State.DUE, State.LEASED, State.SENDING, State.UNCERTAIN)
# Of those that end together, so many at the head of the queue may be put off without hiding who waits behind them.
_HEADS = 200


@dataclass(slots=True)
class Counts:
    """What this process has done since it started."""

    sends: Counter[tuple[str, str]] = field(default_factory=Counter)
    settled: Counter[State] = field(default_factory=Counter)
    planning: list[int] = field(default_factory=lambda: [0] * (len(PLANNING_BOUNDS_S) + 1))
    planning_s: float = 0.0

    def send(self, transport: str, fate: Fate | None) -> None:
        """A request was answered or lost: with this fate, null where the message arrived."""
        self.sends[transport, "sent" if fate is None else str(fate)] += 1

    def settle(self, state: State, number: int = 1) -> None:
        """Nothing more is to be done about so many deliveries."""
        if number:
            self.settled[state] += number

    def planned(self, seconds: float) -> None:
        """The planner looked for what has come due, which took so long."""
        self.planning[bisect_left(PLANNING_BOUNDS_S, seconds)] += 1
        self.planning_s += seconds


@dataclass(frozen=True, slots=True)
class Queue:
    """What is pending, by transport and state, and since when the oldest due one waits; null if none does."""

    pending: Counter[tuple[str, str]]
    oldest_due_at: datetime | None = None

    def in_state(self, state: State) -> int:
        """How many are in this state, over all transports."""
        return sum(number for (_, found), number in self.pending.items() if found == state)


async def read_queue(database: Database, now: datetime) -> Queue:
    """Count what is pending: one pass over the index of pending deliveries, which holds no others."""
    groups = (deliveries.c.transport, deliveries.c.state, deliveries.c.expires_at)
    counted = (func.count().label("number"), func.min(deliveries.c.id).label("head"))
    query = select(*groups, *counted).where(deliveries.c.next_at.is_not(None)).group_by(*groups)
    pending: Counter[tuple[str, str]] = Counter()
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
        for row in rows:
            pending[row.transport, row.state] += row.number
        oldest = await _oldest(connection, [row for row in rows if row.state == State.DUE], now)
    return Queue(pending, oldest)


async def _oldest(connection: AsyncConnection, groups: Collection[Row[Any]], now: datetime) -> datetime | None:
    """The earliest hour among the heads of these groups: numbers rise in the order of planning."""
    found: list[datetime] = []
    for group in groups:
        same = [deliveries.c[name] == getattr(group, name) for name in ("transport", "state", "expires_at")]
        behind = (deliveries.c.next_at.is_not(None), deliveries.c.id >= group.head)
        query = select(deliveries.c.next_at).where(*same, *behind).order_by(deliveries.c.id).limit(_HEADS)
        found += [at for at in await connection.scalars(query) if at <= now]
    return min(found, default=None)
