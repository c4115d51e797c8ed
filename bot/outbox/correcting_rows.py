"""The rows of corrections: what is still to be done, what came of it, and which messages could not be reached.

An edit may be repeated, so that its row simply stays until it is known to have been done. An answer is
a new message and never sent twice: it is marked before it is written, and a mark found later is doubt.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database
from bot.outbox.tables import corrections, deliveries, waits


class Step(StrEnum):
    """How far a correction has come; one that was edited has no row any more.

    `gone` is a message that nobody sees any more, `uncertain` an answer that may have arrived.
    """

    DUE = "due"
    ANSWERING = "answering"
    ANSWERED = "answered"
    FAILED = "failed"
    GONE = "gone"
    UNCERTAIN = "uncertain"


UNREACHED = (Step.FAILED, Step.GONE, Step.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Due:
    """A message to be edited now: `before` is the content it has, `content` the one it is to have.

    `answer_id` is that of our answer to it, which is edited instead.
    """

    delivery: int
    content: int
    before: int
    message_id: int
    answer_id: int | None
    attempts: int
    chat: Chat


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt; `step` is null where the message now says what it should."""

    due: Due
    step: Step | None = None
    reason: str | None = None
    next_at: datetime | None = None
    attempts: int = 0
    answer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unreached:
    """A message that could not be corrected, and why: the transport's short code, `paused` or `uncertain`."""

    chat: Chat
    day: date
    slot: Slot
    step: Step
    reason: str


async def due_rows(database: Database, seal: Seal, transports: Collection[str], limit: int, now: datetime) -> list[Due]:
    """What is to be corrected now over these transports, channels first."""
    waiting = exists().where(waits.c.chat == deliveries.c.chat, waits.c.until > now)
    query = (
        select(
            corrections, deliveries.c.chat, deliveries.c.content.label("before"), deliveries.c.message_id.label("id")
        )
        .join_from(corrections, deliveries)
        .where(deliveries.c.transport.in_(transports), ~waiting)
        .where(corrections.c.next_at.is_not(None), corrections.c.next_at <= now, deliveries.c.message_id.is_not(None))
        .order_by(corrections.c.turn, corrections.c.delivery)
        .limit(limit)
    )
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
        known = await _chats(connection, seal, {row.chat for row in rows})
    return [
        Due(row.delivery, row.content, row.before, row.id, row.message_id, row.attempts, known[row.chat])
        for row in rows
        if row.chat in known
    ]


async def next_due_at(database: Database) -> datetime | None:
    """When the next correction that waits is due; null if none waits."""
    async with database.read() as connection:
        found: datetime | None = await connection.scalar(
            select(func.min(corrections.c.next_at)).where(corrections.c.next_at.is_not(None))
        )
    return found


async def begin_answer(database: Database, due: Due, now: datetime) -> bool:
    """Write down that an answer is about to be written; False if the correction is another by now, or done."""
    same = (corrections.c.delivery == due.delivery, corrections.c.content == due.content)
    marked = update(corrections).where(*same, corrections.c.state == Step.DUE)
    async with database.write() as connection:
        values = {"state": Step.ANSWERING, "next_at": None, "asked_at": now}
        return (await connection.execute(marked.values(values))).rowcount > 0


async def take_in(database: Database) -> None:
    """An earlier run ended while it answered: whether the answer arrived is not known."""
    marked = corrections.c.state == Step.ANSWERING
    async with database.read() as connection:
        if not await connection.scalar(select(exists().where(marked))):
            return
    async with database.write() as connection:
        values = {"state": Step.UNCERTAIN, "reason": "crash"}
        await connection.execute(update(corrections).where(marked).values(values))


async def write_outcomes(database: Database, outcomes: Sequence[Outcome]) -> None:
    """Write down what came of these, each unless its message is to say yet something else by now."""
    edited: dict[tuple[int, int], list[int]] = {}
    async with database.write() as connection:
        for outcome in outcomes:
            if outcome.step is None and outcome.due.answer_id is None:
                edited.setdefault((outcome.due.content, outcome.due.before), []).append(outcome.due.delivery)
            else:
                await _keep(connection, outcome)
        for (content, before), ids in edited.items():
            done = delete(corrections).where(corrections.c.delivery.in_(ids), corrections.c.content == content)
            found = await connection.scalars(done.returning(corrections.c.delivery))
            await _say(connection, list(found), content, before)


async def count_waiting(database: Database) -> int:
    """How many messages are still to be corrected."""
    waiting = corrections.c.state.in_((Step.DUE, Step.ANSWERING))
    async with database.read() as connection:
        number: int | None = await connection.scalar(select(func.count()).select_from(corrections).where(waiting))
    return number or 0


async def count_answered(database: Database, contents: Collection[int]) -> int:
    """How many messages have an answer that says one of these contents."""
    query = select(func.count()).select_from(corrections)
    same = (corrections.c.state == Step.ANSWERED, corrections.c.content.in_(contents))
    async with database.read() as connection:
        number: int | None = await connection.scalar(query.where(*same))
    return number or 0


async def unreached(database: Database, seal: Seal, contents: Collection[int]) -> list[Unreached]:
    """The messages that were to say one of these contents and could not be reached, by day and chat."""
    query = (
        select(corrections.c.state, corrections.c.reason, deliveries.c.chat, deliveries.c.day, deliveries.c.slot)
        .join_from(corrections, deliveries)
        .where(corrections.c.state.in_(UNREACHED), corrections.c.content.in_(contents))
        .order_by(deliveries.c.day, deliveries.c.slot, deliveries.c.chat)
    )
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
        known = await _chats(connection, seal, {row.chat for row in rows})
    return [
        Unreached(known[row.chat], row.day, Slot(row.slot), Step(row.state), row.reason or row.state)
        for row in rows
        if row.chat in known
    ]


async def _keep(connection: AsyncConnection, outcome: Outcome) -> None:
    """What came of one whose row stays."""
    due = outcome.due
    same = (corrections.c.delivery == due.delivery, corrections.c.content == due.content)
    values = {
        "state": outcome.step or Step.ANSWERED,
        "reason": outcome.reason,
        "next_at": outcome.next_at,
        "attempts": outcome.attempts,
        "message_id": outcome.answer_id or due.answer_id,
    }
    kept = (await connection.execute(update(corrections).where(*same).values(values))).rowcount
    if kept and outcome.step in (None, Step.ANSWERED, Step.GONE):
        await _say(connection, [due.delivery], due.content, due.before)


async def _say(connection: AsyncConnection, ids: Sequence[int], content: int, before: int) -> None:
    told = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.content == before)
    await connection.execute(told.values(content=content))


async def _chats(connection: AsyncConnection, seal: Seal, ids: Collection[int]) -> dict[int, Chat]:
    query: Select[Any] = select_chats().where(chats.c.id.in_(ids))
    rows: Sequence[Row[Any]] = (await connection.execute(query)).all() if ids else ()
    return {row.id: chat_of(seal, row) for row in rows}
