"""Posts of channels that were shown to their administrators an hour before: which, and what was decided.

Each step is one statement on a row, so that of several processes, runs or presses one wins. Unanswered
a post is sent; what is skipped is dropped by whoever carries it (`skipped_in`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.occurrence import Slot
from bot.chats.channel_tables import stewards
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database, insert_into
from bot.outbox.preview_tables import previews
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State

SHOWN: Final = "shown"
WANTED: Final = "wanted"
SKIPPED: Final = "skipped"
_KEPT = timedelta(days=3)

Decision = Literal["wanted", "skipped", "late", "unknown"]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A post of a channel, by the number of the channel."""

    channel: int
    day: date
    slot: Slot


async def previewed_channels(database: Database, seal: Seal) -> list[Chat]:
    """The channels that get posts and have somebody who wants to see them before."""
    wanted = select(stewards.c.channel).where(stewards.c.previews)
    async with database.read() as connection:
        rows = await connection.execute(
            select_chats().where(chats.c.id.in_(wanted), chats.c.state == "active").order_by(chats.c.id)
        )
        return [chat_of(seal, row) for row in rows]


async def claim(database: Database, what: Previewed, until: datetime) -> bool:
    """Write down that a post is shown now; False if that was done already."""
    row = {"chat": what.channel, "day": what.day, "slot": what.slot, "state": SHOWN, "until": until}
    same = (previews.c.chat == what.channel, previews.c.day == what.day, previews.c.slot == what.slot)
    async with database.read() as connection:
        if await connection.scalar(select(previews.c.state).where(*same)) is not None:
            return False
    async with database.write() as connection:
        made = await connection.execute(insert_into(connection, previews).values(row).on_conflict_do_nothing())
        return made.rowcount > 0


async def decide(database: Database, what: Previewed, *, skip: bool) -> Decision:
    """Skip a post or have it sent; `late` once it is being sent, `unknown` where none was shown."""
    same = (previews.c.chat == what.channel, previews.c.day == what.day, previews.c.slot == what.slot)
    theirs = (deliveries.c.day == what.day, deliveries.c.slot == what.slot, deliveries.c.chat == what.channel)
    async with database.write() as connection:
        known = await connection.scalar(select(previews.c.state).where(*same))
        if known is None:
            return "unknown"
        if skip:
            # Due already, but in nobody's hand: dropped here and now.
            values = {"state": State.DROPPED, "reason": SKIPPED, "next_at": None}
            await connection.execute(update(deliveries).where(*theirs, deliveries.c.state == State.DUE).values(values))
        state = await connection.scalar(select(deliveries.c.state).where(*theirs))
        if state not in (None, State.DUE) and not (state == State.DROPPED and skip):
            return "late"
        await connection.execute(update(previews).where(*same).values(state=SKIPPED if skip else WANTED))
    return SKIPPED if skip else WANTED


async def skipped_in(
    connection: AsyncConnection, channels: Collection[int], days: Collection[date]
) -> frozenset[Previewed]:
    """What these channels' administrators skipped of these days."""
    if not channels:
        return frozenset()
    columns = (previews.c.chat, previews.c.day, previews.c.slot)
    here = (previews.c.chat.in_(channels), previews.c.day.in_(days), previews.c.state == SKIPPED)
    rows = await connection.execute(select(*columns).where(*here))
    return frozenset(Previewed(row.chat, row.day, Slot(row.slot)) for row in rows)


async def forget_previews(database: Database, now: datetime) -> None:
    """Delete what was shown days ago."""
    old = previews.c.until < now - _KEPT
    async with database.read() as connection:
        if await connection.scalar(select(previews.c.chat).where(old).limit(1)) is None:
            return
    async with database.write() as connection:
        await connection.execute(delete(previews).where(old))
