"""Many chats at once: writing what a file says, and reading all for one."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import case, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.wishes import Wishes
from bot.chats.address import TRANSPORTS
from bot.chats.chat import Chat
from bot.chats.csv_files import ChatRow
from bot.chats.first_day import first_day
from bot.chats.rows import chat_of, select_chats
from bot.chats.schedules import schedule_id
from bot.chats.sealing import Seal
from bot.chats.tables import chats, follows
from bot.chats.wording import zone_named
from bot.database import Database, insert_into

_AT_ONCE = 500

_Hour = tuple[str, time, Wishes]
# Transport, sealed id, thread.
_Key = tuple[str, bytes, int]


@dataclass(slots=True)
class Written:
    """How many chats a file added, and how many it found there."""

    added: int = 0
    found: int = 0


async def write_chats(
    database: Database,
    seal: Seal,
    rows: Sequence[ChatRow],
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda written: None,
) -> Written:
    """Subscribe the chats of a file, and give those that are known its settings; addresses are ids by now.

    Whoever has unsubscribed stays so. `progress` is told how many rows each step wrote.
    """
    written = Written()
    hours: dict[_Hour, int] = {}
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        sealed = [seal.seal(row.address.transport, row.address.chat) for row in chunk]
        keys = [(row.address.transport, key, row.address.thread) for row, key in zip(chunk, sealed, strict=True)]
        try:
            found = await _write_chunk(database, seal, chunk, keys, hours=hours, now=now)
        except IntegrityError:
            # One of these hours lost its last chat, and its row, since an earlier chunk.
            hours.clear()
            found = await _write_chunk(database, seal, chunk, keys, hours=hours, now=now)
        written.added += len(chunk) - found
        written.found += found
        progress(len(chunk))
    return written


async def read_chats(
    database: Database, seal: Seal, people: Collection[str]
) -> AsyncIterator[tuple[Chat, frozenset[str]]]:
    """Every chat by its number, with whom of these people it follows."""
    names = {seal.follow_hash(person): person for person in people}
    after = 0
    while True:
        async with database.read() as connection:
            query = select_chats().where(chats.c.id > after).order_by(chats.c.id).limit(_AT_ONCE)
            rows = (await connection.execute(query)).all()
            if not rows:
                return
            ids = [row.id for row in rows]
            pairs = (await connection.execute(select(follows).where(follows.c.chat.in_(ids)))).all()
        followed: dict[int, set[str]] = {number: set() for number in ids}
        for pair in pairs:
            if pair.person in names:
                followed[pair.chat].add(names[pair.person])
        for row in rows:
            yield chat_of(seal, row), frozenset(followed[row.id])
        after = ids[-1]


async def _write_chunk(
    database: Database,
    seal: Seal,
    rows: Sequence[ChatRow],
    keys: Sequence[_Key],
    *,
    hours: dict[_Hour, int],
    now: datetime,
) -> int:
    """Write some rows in one transaction; how many of these chats were known."""
    async with database.write() as connection:
        for row in rows:
            if (hour := (row.zone, row.at, row.wishes)) not in hours:
                hours[hour] = await schedule_id(connection, *hour)
        found = len(await _numbers(connection, keys))
        values = [
            _values(row, key, hours[row.zone, row.at, row.wishes], now) for row, key in zip(rows, keys, strict=True)
        ]
        await _upsert(connection, values)
        await _follow(connection, seal, rows, keys)
    return found


def _values(row: ChatRow, key: _Key, schedule: int, now: datetime) -> dict[str, Any]:
    transport, sealed, thread = key
    return {
        "transport": transport,
        "sealed": sealed,
        "thread": thread,
        "kind": row.address.kind,
        "language": row.language,
        "schedule": schedule,
        "state": "active",
        "first_day": first_day(zone_named(row.zone), row.at, now),
        "changed": True,
    }


async def _upsert(connection: AsyncConnection, values: list[dict[str, Any]]) -> None:
    statement = insert_into(connection, chats)
    new = statement.excluded
    paused = chats.c.state == "paused"
    statement = statement.on_conflict_do_update(
        index_elements=[chats.c.transport, chats.c.sealed, chats.c.thread],
        set_={
            "language": new.language,
            "schedule": new.schedule,
            "state": case((paused, "active"), else_=chats.c.state),
            "pause_reason": None,
            "first_day": case((paused, new.first_day), else_=chats.c.first_day),
            "changed": True,
        },
    )
    await connection.execute(statement, values)


async def _follow(connection: AsyncConnection, seal: Seal, rows: Sequence[ChatRow], keys: Sequence[_Key]) -> None:
    """Have each of these chats follow whom its row says, and nobody else."""
    numbers = await _numbers(connection, keys)
    await connection.execute(delete(follows).where(follows.c.chat.in_(numbers.values())))
    pairs = [
        {"chat": numbers[key], "person": seal.follow_hash(person)}
        for row, key in zip(rows, keys, strict=True)
        for person in row.people
    ]
    if pairs:
        await connection.execute(insert(follows), pairs)


async def _numbers(connection: AsyncConnection, keys: Sequence[_Key]) -> dict[_Key, int]:
    """The numbers of those of these chats that are known."""
    # Not by rows of three: SQLite would read every chat for that.
    sealed = frozenset(key for _, key, _ in keys)
    here = (chats.c.transport.in_(TRANSPORTS), chats.c.sealed.in_(sealed))
    query = select(chats.c.id, chats.c.transport, chats.c.sealed, chats.c.thread).where(*here)
    wanted = frozenset(keys)
    found = ((number, (transport, key, thread)) for number, transport, key, thread in await connection.execute(query))
    return {key: number for number, key in found if key in wanted}
