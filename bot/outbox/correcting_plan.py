"""Writing down that messages are to be corrected, before any of it is done.

So a process may be killed in the midst of it and another go on, and whoever sends needs no calendar.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, literal, or_, select, update

from bot.chats.address import ChatKind
from bot.chats.tables import chats
from bot.database import Database, Instant, insert_into
from bot.outbox.correcting_rows import Step
from bot.outbox.correction_posts import keep_post
from bot.outbox.corrections import Correction, Found, standing
from bot.outbox.tables import corrections, deliveries

# SQLite has one writer, and it is never held for long.
_AT_ONCE = 300


async def plan_corrections(database: Database, found: Found, now: datetime) -> dict[int, int]:
    """Have all that was found corrected, and nothing else; how many messages by the content they are to have.

    What earlier runs could not reach is tried again.
    """
    planned: dict[int, int] = {}
    for correction in found.corrections:
        content = correction.begun
        if content is None:
            content = await keep_post(database, correction.post, replaces=correction.content, used_on=now.date())
        planned[content] = planned.get(content, 0) + await _intend(database, correction, content, now)
    await _drop_others(database, planned)
    return planned


async def _intend(database: Database, correction: Correction, content: int, now: datetime) -> int:
    """Write down that these messages are to have that content; how many there are."""
    number = after = 0
    where = standing(correction.content, correction.stated, now)
    joined = deliveries.join(chats, chats.c.id == deliveries.c.chat)
    # By chat, as the unique key of deliveries has them: each part is found without reading those before it.
    bounds = select(deliveries.c.chat).select_from(joined).where(*where).order_by(deliveries.c.chat).limit(_AT_ONCE)
    while True:
        async with database.read() as connection:
            found = list(await connection.scalars(bounds.where(deliveries.c.chat > after)))
        if not found:
            return number
        part = (deliveries.c.chat > after, deliveries.c.chat <= found[-1])
        columns = (
            deliveries.c.id,
            literal(content),
            case((chats.c.kind == ChatKind.CHANNEL, 0), else_=1),
            literal(Step.DUE.value),
            literal(now, Instant),
        )
        await _insert(database, select(*columns).select_from(joined).where(*where, *part), now)
        number += len(found)
        after = found[-1]


async def _insert(database: Database, rows: Select[Any], now: datetime) -> None:
    async with database.write() as connection:
        names = ["delivery", "content", "turn", "state", "next_at"]
        statement = insert_into(connection, corrections).from_select(names, rows, include_defaults=False)
        fresh = statement.excluded
        again = statement.on_conflict_do_update(
            index_elements=[corrections.c.delivery],
            set_={"content": fresh.content, "state": fresh.state, "next_at": now, "attempts": 0, "reason": None},
            # One that is being answered at this moment is left to end.
            where=corrections.c.state != Step.ANSWERING,
        )
        await connection.execute(again)


async def _drop_others(database: Database, planned: Collection[int]) -> None:
    """Give up what an earlier run intended and is not true any more: the calendar was mended again."""
    stale = or_(corrections.c.state == Step.DUE, corrections.c.state == Step.FAILED)
    async with database.read() as connection:
        query = select(corrections.c.delivery, corrections.c.content).where(stale)
        rows = (await connection.execute(query)).all()
    ids = [row.delivery for row in rows if row.content not in planned]
    for start in range(0, len(ids), _AT_ONCE):
        these = (corrections.c.delivery.in_(ids[start : start + _AT_ONCE]), stale)
        says = select(deliveries.c.content).where(deliveries.c.id == corrections.c.delivery).scalar_subquery()
        async with database.write() as connection:
            await connection.execute(delete(corrections).where(*these, corrections.c.message_id.is_(None)))
            stays = {"state": Step.ANSWERED, "next_at": None, "content": says}
            await connection.execute(update(corrections).where(*these).values(stays))
