"""Rows on their way between a database and a portable file: one SQLite file, whatever the database is.

Both directions copy row by row through the program's own tables, so that SQLite and PostgreSQL are
saved and brought back alike, and what is left out never touches the file's disk. (VACUUM INTO
would write the private chats first and delete them after.)
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, false, insert, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import ROOM, ChatKind
from bot.chats.channel_tables import stewards
from bot.chats.tables import chats, meta, metadata, schedules
from bot.database import Database
from bot.database_errors import plainly
from bot.outbox import preview_tables  # noqa: F401 (its table belongs to the metadata)
from bot.outbox.tables import (
    contents,
    corrections,
    deliveries,
    holds,
    orders,
    replacements,
    sender,
    waits,
    waves,
)
from bot.outbox.waits import EVERYBODY

_AT_ONCE = 1_000

Progress = Callable[[int], None]
ChatIds = Select[tuple[int]]

_WHOLE = frozenset({meta, holds})
# Which reader looks after which channel.
_OF_READERS = frozenset({stewards})
# Who may send, and the buttons shown to operators: never taken along.
_OF_THE_MOMENT = frozenset({sender, orders})


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection to read with, for which nothing changes until the block ends; others go on writing."""
    options = {"vigil_begin": "BEGIN"} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with plainly():
        async with database.engine.connect() as connecting:
            connection = await connecting.execution_options(**options)
            async with connection.begin():
                yield connection


def kept_of(table: Table, *, with_readers: bool) -> ColumnElement[bool]:
    """Which rows of a table go along. Without readers, nothing that only a private chat explains is left.

    A table of which nothing is said here goes with its chats, and without any it stays behind.
    """
    if table in _WHOLE or (with_readers and table not in _OF_THE_MOMENT):
        return true()
    chat_ids = select(chats.c.id).where(or_(chats.c.kind != ChatKind.PRIVATE, chats.c.transport == ROOM))
    if table in _OF_THE_MOMENT or table in _OF_READERS:
        return false()
    if (rule := _RULES.get(table)) is not None:
        return rule(chat_ids)
    return table.c.chat.in_(chat_ids) if "chat" in table.c else false()


async def copy_rows(
    source: AsyncConnection,
    target: AsyncConnection,
    *,
    with_readers: bool = True,
    progress: Progress = lambda rows: None,
) -> Counter[str]:
    """Copy these rows into empty tables; how many of each table."""
    copied: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        async with source.stream(select(table).where(kept_of(table, with_readers=with_readers))) as rows:
            async for some in rows.mappings().partitions(_AT_ONCE):
                await target.execute(insert(table), [dict(row) for row in some])
                copied[table.name] += len(some)
                progress(len(some))
    await _number_on(target)
    return copied


async def delete_rows(connection: AsyncConnection) -> None:
    """Empty every table but that of the sender: its epoch may only grow."""
    for table in reversed(metadata.sorted_tables):
        if table is not sender:
            await connection.execute(table.delete())


def _content_ids(chat_ids: ChatIds) -> Select[Any]:
    """The contents that these chats were told, or are to be told instead."""
    theirs = deliveries.c.chat.in_(chat_ids)
    told = select(deliveries.c.content).where(theirs, deliveries.c.content.is_not(None))
    joined = corrections.join(deliveries, deliveries.c.id == corrections.c.delivery)
    corrected = select(corrections.c.content).select_from(joined).where(theirs)
    return select(told.union(corrected).subquery())


def _has_chats(chat_ids: ChatIds) -> ColumnElement[bool]:
    """Whether a wave's hour is the hour of any of these chats."""
    hour = (schedules.c.zone == waves.c.zone) & (schedules.c.at == waves.c.at)
    theirs = schedules.c.id.in_(select(chats.c.schedule).where(chats.c.id.in_(chat_ids)))
    return select(schedules.c.id).where(hour, theirs).exists()


async def _number_on(connection: AsyncConnection) -> None:
    """Have PostgreSQL number new rows behind those that were copied with their numbers; SQLite does by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            await connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608 (our own names)
                    f"coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                )
            )


_RULES: Mapping[Table, Callable[[ChatIds], ColumnElement[bool]]] = {
    chats: chats.c.id.in_,
    schedules: lambda ids: schedules.c.id.in_(select(chats.c.schedule).where(chats.c.id.in_(ids))),
    contents: lambda ids: contents.c.id.in_(_content_ids(ids)),
    replacements: lambda ids: replacements.c.content.in_(_content_ids(ids)),
    corrections: lambda ids: corrections.c.delivery.in_(select(deliveries.c.id).where(deliveries.c.chat.in_(ids))),
    waits: lambda ids: or_(waits.c.chat == EVERYBODY, waits.c.chat.in_(ids)),
    waves: _has_chats,
}
