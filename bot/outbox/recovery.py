"""What earlier epochs of the sender left behind, and what nobody sent before its day ended."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import TRANSPORTS
from bot.database import Database
from bot.outbox.flights import Left
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State

_AT_ONCE = 1_000


async def recover(database: Database, epoch: int, now: datetime, left: Left | None = None) -> int:
    """Take in what earlier epochs had in hand: leased is due again, sending is uncertain; how many are uncertain.

    Of those about which the last epoch has `left` a word, only those are uncertain whose request was written
    and never answered.
    """
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
        if left is not None:
            await _believe(connection, left, epoch)
        values = {"state": State.UNCERTAIN, "reason": "crash", "next_at": now, "epoch": epoch}
        return (await connection.execute(update(deliveries).where(*sending).values(values))).rowcount


async def _believe(connection: AsyncConnection, left: Left, epoch: int) -> None:
    """What was never written is due again, and what was answered is sent."""
    sending = (*_pending(State.SENDING), deliveries.c.epoch == left.epoch)
    for number in list(await connection.scalars(select(deliveries.c.id).where(*sending))):
        this = update(deliveries).where(deliveries.c.id == number)
        if number not in left.flights:
            await connection.execute(this.values(state=State.DUE))
        elif (message_id := left.flights[number]) is not None:
            values = {"state": State.SENT, "message_id": message_id, "next_at": None, "epoch": epoch}
            await connection.execute(this.values(values))


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
