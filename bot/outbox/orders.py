"""Orders of the operators: a button's way from being shown to being carried out, once.

Every step is one statement on a row, so that of two presses, two processes or two runs one wins.
What an order does is known to `app`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, exists, insert, select, update

from bot.database import Database
from bot.outbox.tables import orders

_PREFIX: Final = "order "
_TOKEN_BYTES: Final = 16


class Step(StrEnum):
    """How far a button has come. `taken` is written before anything is done, `done` after."""

    OFFERED = "offered"
    ORDERED = "ordered"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Order:
    """The action that a button stands for, and what it is about."""

    id: int
    action: str
    about: str


def button_data(token: str) -> str:
    """What a button carries: no command, so that nobody can type it."""
    return f"{_PREFIX}{token}"


def token_of(data: str) -> str | None:
    """The token in what a pressed button carried; None where it is no order's button."""
    return data.removeprefix(_PREFIX) if data.startswith(_PREFIX) else None


async def offer(database: Database, buttons: Sequence[tuple[str, str]], until: datetime) -> list[str]:
    """A token for each action and what it is about, good until then."""
    rows = [
        {
            "token": secrets.token_urlsafe(_TOKEN_BYTES),
            "action": action,
            "about": about,
            "state": Step.OFFERED,
            "until": until,
        }
        for action, about in buttons
    ]
    if rows:
        async with database.write() as connection:
            await connection.execute(insert(orders), rows)
    return [str(row["token"]) for row in rows]


async def press(database: Database, token: str, now: datetime) -> Step | None:
    """Order what a button stands for: OFFERED if this press did, else how far it had come; None if it is no more."""
    good = (orders.c.token == token, orders.c.until > now)
    async with database.write() as connection:
        first = update(orders).where(*good, orders.c.state == Step.OFFERED).values(state=Step.ORDERED)
        if (await connection.execute(first)).rowcount:
            return Step.OFFERED
        found = await connection.scalar(select(orders.c.state).where(*good))
    return None if found is None else Step(found)


async def take(database: Database) -> Order | None:
    """The next order to be carried out, taken from everybody else; None where there is none."""
    waiting = orders.c.state == Step.ORDERED
    query = select(orders.c.id).where(waiting).order_by(orders.c.id).limit(1)
    async with database.read() as connection:
        if await connection.scalar(query) is None:
            return None
    taken = update(orders).where(orders.c.id == query.scalar_subquery(), waiting).values(state=Step.TAKEN)
    async with database.write() as connection:
        row = (await connection.execute(taken.returning(orders.c.id, orders.c.action, orders.c.about))).first()
    return None if row is None else Order(row.id, row.action, row.about)


async def done(database: Database, order: Order) -> None:
    """It has been carried out, or never will be."""
    async with database.write() as connection:
        await connection.execute(update(orders).where(orders.c.id == order.id).values(state=Step.DONE))


async def again(database: Database, order: Order) -> None:
    """It was taken by a run that ended in the midst of it, and is to be carried out once more."""
    async with database.write() as connection:
        await connection.execute(update(orders).where(orders.c.id == order.id).values(state=Step.ORDERED))


async def interrupted(database: Database) -> list[Order]:
    """Orders that an earlier run took and did not end."""
    query = select(orders.c.id, orders.c.action, orders.c.about).where(orders.c.state == Step.TAKEN)
    async with database.read() as connection:
        rows = (await connection.execute(query.order_by(orders.c.id))).all()
    return [Order(row.id, row.action, row.about) for row in rows]


async def forget_orders(database: Database, now: datetime) -> None:
    """Delete the buttons whose time is over; what was ordered in time is still carried out."""
    over = (orders.c.until <= now, orders.c.state.in_((Step.OFFERED, Step.DONE)))
    async with database.read() as connection:
        if not await connection.scalar(select(exists().where(*over))):
            return
    async with database.write() as connection:
        await connection.execute(delete(orders).where(*over))
