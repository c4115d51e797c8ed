"""Erasing what need not be known any more, and forgetting a chat altogether.

Message ids are kept so that a correction can reach a post: a year in channels, elsewhere until 48
hours after the day, which is as long as a bot may delete its own messages there.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.chats.address import ChatKind
from bot.chats.schedules import drop_empty
from bot.chats.tables import chats, schedules
from bot.database import Database
from bot.outbox.correcting_rows import Step
from bot.outbox.preview_tables import previews
from bot.outbox.tables import contents, corrections, deletions, deliveries, probes, sightings, waits, waves
from bot.outbox.verdict import State
from bot.outbox.waits import forget_waits

KEPT_IN_CHANNELS = timedelta(days=366)
KEPT_ELSEWHERE = timedelta(hours=48)
_AT_ONCE = 1_000
# Around a day of any zone, and the longest that anything is kept.
_DAYS_KEPT = KEPT_IN_CHANNELS.days + 3


async def erase(database: Database, now: datetime) -> int:
    """Delete what has been kept long enough; how many deliveries that were."""
    erased = 0
    async for ids in _outlived(database, now):
        async with database.write() as connection:
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(ids)))
        erased += len(ids)
    await _erase_contents(database, now)
    await forget_waits(database, now)
    await _erase_empty_schedules(database)
    return erased


async def erase_chat(connection: AsyncConnection, chat: int) -> None:
    """Delete what the outbox keeps of a chat, in a transaction that deletes the chat (an eraser of `Chats`)."""
    newest = await connection.scalar(select(deliveries.c.day).order_by(deliveries.c.day.desc()).limit(1))
    if newest is not None:
        await connection.execute(delete(deliveries).where(*_of_chat(chat, newest)))
    await connection.execute(delete(waits).where(waits.c.chat == chat))
    await connection.execute(delete(sightings).where(sightings.c.chat == chat))
    await connection.execute(delete(probes).where(probes.c.chat == chat))
    await connection.execute(delete(deletions).where(deletions.c.chat == chat))
    await connection.execute(delete(previews).where(previews.c.chat == chat))


async def erase_waves_without_chats(connection: AsyncConnection) -> None:
    """Delete the memory of hours at which no chat is left: it would tell of the chat that was."""
    same = (schedules.c.zone == waves.c.zone, schedules.c.at == waves.c.at)
    await connection.execute(delete(waves).where(~exists().where(*same)))


async def messages_of(connection: AsyncConnection, chat: int, since: datetime) -> list[int]:
    """The ids of our messages in a chat that were sent then or later."""
    newest = await connection.scalar(select(deliveries.c.day).order_by(deliveries.c.day.desc()).limit(1))
    if newest is None:
        return list(await connection.scalars(select(deletions.c.message_id).where(deletions.c.chat == chat)))
    late = (deliveries.c.state == State.SENT, deliveries.c.asked_at >= since)
    ids = list(await connection.scalars(select(deliveries.c.message_id).where(*_of_chat(chat, newest), *late)))
    answers = select(corrections.c.message_id).join_from(corrections, deliveries)
    ids += await connection.scalars(answers.where(*_of_chat(chat, newest), corrections.c.asked_at >= since))
    ids += await connection.scalars(select(deletions.c.message_id).where(deletions.c.chat == chat))
    return [number for number in ids if number is not None]


async def count_of(connection: AsyncConnection, chat: int) -> int:
    """How many deliveries are remembered of a chat."""
    newest = await connection.scalar(select(deliveries.c.day).order_by(deliveries.c.day.desc()).limit(1))
    if newest is None:
        return 0
    return await connection.scalar(select(func.count()).where(*_of_chat(chat, newest))) or 0


async def forget_messages(connection: AsyncConnection, chat: int) -> None:
    """Forget which messages of a chat are ours (a mover of `Chats`): its new address counts them anew.

    Were the old ids kept, an edit or a deletion would meet somebody else's message or a newer one of ours.
    """
    await connection.execute(delete(deletions).where(deletions.c.chat == chat))
    newest = await connection.scalar(select(deliveries.c.day).order_by(deliveries.c.day.desc()).limit(1))
    if newest is None:
        return
    ours = select(deliveries.c.id).where(*_of_chat(chat, newest)).scalar_subquery()
    lost = {"state": Step.FAILED, "reason": "upgraded", "next_at": None, "message_id": None}
    await connection.execute(update(corrections).where(corrections.c.delivery.in_(ours)).values(lost))
    await connection.execute(update(deliveries).where(*_of_chat(chat, newest)).values(message_id=None))


def _of_chat(chat: int, newest: date) -> tuple[ColumnElement[bool], ...]:
    """A chat's deliveries, day by day, slot by slot, as the unique key finds them: there is no index by chat."""
    days = [newest - timedelta(days=n) for n in range(_DAYS_KEPT)]
    return (deliveries.c.day.in_(days), deliveries.c.slot.in_(tuple(Slot)), deliveries.c.chat == chat)


async def _outlived(database: Database, now: datetime) -> AsyncIterator[list[int]]:
    """The ids of deliveries kept long enough, some at a time, oldest day first."""
    day: date | None = None
    while True:
        async with database.read() as connection:
            day = await connection.scalar(_next_day(day, now))
            if day is None:
                return
            ids = list(await connection.scalars(_outlived_on(day, now)))
        for start in range(0, len(ids), _AT_ONCE):
            yield ids[start : start + _AT_ONCE]


def _next_day(after: date | None, now: datetime) -> Select[date]:
    """The next day that has deliveries and is over everywhere for long enough."""
    query = select(deliveries.c.day).where(deliveries.c.day <= (now - KEPT_ELSEWHERE).date())
    if after is not None:
        query = query.where(deliveries.c.day > after)
    return query.order_by(deliveries.c.day).limit(1)


def _outlived_on(day: date, now: datetime) -> Select[int]:
    in_channel = exists().where(chats.c.id == deliveries.c.chat, chats.c.kind == ChatKind.CHANNEL)
    kept_long = or_(deliveries.c.expires_at <= now - KEPT_IN_CHANNELS, ~in_channel)
    over = (deliveries.c.expires_at <= now - KEPT_ELSEWHERE, deliveries.c.next_at.is_(None))
    return select(deliveries.c.id).where(deliveries.c.day == day, *over, kept_long)


async def _erase_contents(database: Database, now: datetime) -> None:
    """Delete the texts to which no delivery points any more."""
    before = (now - KEPT_ELSEWHERE).date() - timedelta(days=2)
    async with database.read() as connection:
        old = set(await connection.scalars(select(contents.c.id).where(contents.c.used_on < before)))
        if not old:
            return
        used = select(deliveries.c.content).distinct().where(deliveries.c.day <= before)
        old -= set(await connection.scalars(used))
        old -= set(await connection.scalars(select(corrections.c.content).distinct()))
    if old:
        async with database.write() as connection:
            await connection.execute(delete(contents).where(contents.c.id.in_(old)))


async def _erase_empty_schedules(database: Database) -> None:
    """Delete the hours at which no chat is left, and the memory of their waves."""
    hour = (schedules.c.zone == waves.c.zone, schedules.c.at == waves.c.at)
    empty = select(schedules.c.id).where(~exists().where(chats.c.schedule == schedules.c.id)).limit(1)
    unknown = select(waves.c.day).where(~exists().where(*hour)).limit(1)
    async with database.read() as connection:
        if (await connection.scalar(empty) or await connection.scalar(unknown)) is None:
            return
    async with database.write() as connection:
        await drop_empty(connection)
        await erase_waves_without_chats(connection)
