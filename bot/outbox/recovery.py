"""What earlier epochs of the sender left behind, and what nobody sent before its day ended."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select, update

from bot.chats.address import TRANSPORTS
from bot.database import Database
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State

_AT_ONCE = 1_000


async def recover(database: Database, epoch: int, now: datetime) -> int:
    """Take in what earlier epochs had in hand: leased is due again, sending is uncertain; how many are uncertain."""
    leased, sending, uncertain = (
        (*_pending(state), deliveries.c.epoch < epoch) for state in (State.LEASED, State.SENDING, State.UNCERTAIN)
    )
    async with database.read() as connection:
        if not any([await connection.scalar(select(exists().where(*some))) for some in (leased, sending, uncertain)]):
            return 0
    async with database.write() as connection:
        await connection.execute(update(deliveries).where(*leased).values(state=State.DUE))
        # Ours to settle from now on.
        await connection.execute(update(deliveries).where(*uncertain).values(epoch=epoch))
        values = {"state": State.UNCERTAIN, "reason": "crash", "next_at": now, "epoch": epoch}
        return (await connection.execute(update(deliveries).where(*sending).values(values))).rowcount


async def expire(database: Database, now: datetime) -> Counter[date]:
    """Record as missed what was due on a day that is over; how many, by day."""
    missed: Counter[date] = Counter()
    over = (*_pending(State.DUE), deliveries.c.expires_at <= now)
    while True:
        async with database.read() as connection:
            ids = list(await connection.scalars(select(deliveries.c.id).where(*over).limit(_AT_ONCE)))
        if not ids:
            return missed
        gone = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.state == State.DUE)
        values = {"state": State.MISSED, "next_at": None}
        async with database.write() as connection:
            days = await connection.scalars(gone.values(values).returning(deliveries.c.day))
            missed.update(days)


def _pending(state: State, transports: Iterable[str] = TRANSPORTS) -> tuple[ColumnElement[bool], ...]:
    """In this state and pending, in the terms of the index of pending deliveries."""
    return (
        deliveries.c.transport.in_(transports),
        deliveries.c.state == state,
        deliveries.c.next_at.is_not(None),
    )
