"""Databases with very many chats that are due at one hour, to be planned again and again from the same state."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, insert, text

from bot.agenda.hours import day_end, due_at
from bot.chats import tables
from bot.chats.wording import time_of, zone_named
from bot.database import Database, milliseconds, open_database
from tests.databases import opened, sqlite_url

ZONE, MINUTES = "Europe/Minsk", 9 * 60

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number) ",
    "postgresql": "WITH n AS (SELECT generate_series(1, :number) AS i) ",
}
# As long as a sealed id is.
_SEALED = {"sqlite": "randomblob(48)", "postgresql": "decode(md5(i::text) || md5('a' || i) || md5('b' || i), 'hex')"}
_BARE = (
    "INSERT INTO deliveries (day, slot, chat, transport, state, expires_at, next_at) "
    "SELECT {day}, 'memorial', id, transport, 'due', :expires_at, :next_at FROM chats "
    "WHERE schedule IN (SELECT id FROM schedules WHERE zone = :zone AND at = :at) AND state = 'active' ORDER BY id"
)


class Ground(Protocol):
    """A database of one kind, prepared once."""

    name: str

    async def prepare(self, number: int, schedules: int) -> None:
        """Put so many chats of so many different wishes into it."""

    def fresh(self) -> AbstractAsyncContextManager[Database]:
        """The database with its chats and no delivery, in the state that every measurement begins with."""

    async def writes(self, database: Database) -> object:
        """Something that is another thing after every write."""


@dataclass
class Sqlite:
    """One file, copied for each measurement."""

    folder: Path
    name: str = "SQLite"

    async def prepare(self, number: int, schedules: int) -> None:
        self.folder.mkdir()
        async with opened(sqlite_url(self.folder)) as database:
            await database.transact(lambda connection: _fill(connection, number, schedules))
            await database.scrub()

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[Database]:
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        shutil.copyfile(self.folder / "vigil.sqlite", copy / "vigil.sqlite")
        await asyncio.to_thread(os.sync)
        database = open_database(sqlite_url(copy))
        try:
            yield database
        finally:
            await database.close()

    async def writes(self, database: Database) -> object:
        # Whatever is written appends to the log or changes its header.
        return [await asyncio.to_thread(_changed_at, Path(f"{database.path}{end}")) for end in ("", "-wal")]


@dataclass
class PostgreSQL:
    """One database; deliveries are truncated for each measurement."""

    url: str
    name: str = "PostgreSQL"

    async def prepare(self, number: int, schedules: int) -> None:
        async with opened(self.url) as database:
            await database.transact(lambda connection: _fill(connection, number, schedules))
            await self._alone(database, "VACUUM ANALYZE chats", "VACUUM ANALYZE schedules")

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[Database]:
        database = open_database(self.url)
        try:
            await self._alone(database, "TRUNCATE deliveries, waves RESTART IDENTITY CASCADE", "CHECKPOINT")
            await asyncio.to_thread(os.sync)
            yield database
        finally:
            await database.close()

    async def writes(self, database: Database) -> object:
        async with database.read() as connection:
            # A transaction takes a number when it first writes, and not before.
            return await connection.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))

    async def _alone(self, database: Database, *statements: str) -> None:
        async with database.engine.connect() as connecting:
            connection = await connecting.execution_options(isolation_level="AUTOCOMMIT")
            for statement in statements:
                await connection.exec_driver_sql(statement)


def _fill(connection: Connection, number: int, schedules: int) -> None:
    dialect = connection.dialect.name
    # Leads tell their wishes apart; a death is never told ahead, so that all of them hear the same.
    hours = [
        {"id": n, "zone": ZONE, "at": MINUTES, "topics": "", "leads": str(n), "facts": "never"} for n in _ids(schedules)
    ]
    connection.execute(insert(tables.schedules), hours)
    connection.execute(
        text(
            f"{_NUMBERS[dialect]} INSERT INTO chats (id, transport, sealed, kind, language, schedule, state) "
            f"SELECT i, 'telegram', {_SEALED[dialect]}, 'private', 'be', 1 + i % :schedules, 'active' FROM n"
        ),
        {"number": number, "schedules": schedules},
    )


def _changed_at(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _ids(number: int) -> range:
    return range(1, number + 1)


def insert_bare(connection: Connection, now: datetime) -> int:
    """Insert by one plain statement what planning inserts; how many rows."""
    zone, day = zone_named(ZONE), now.date()
    values = {
        "zone": ZONE,
        "at": MINUTES,
        "expires_at": milliseconds(day_end(zone, day)),
        "next_at": milliseconds(due_at(zone, day, time_of(MINUTES))),
    }
    # ISO dates are how both are given; only PostgreSQL has a type for them.
    statement = _BARE.format(day=f"DATE '{day}'" if connection.dialect.name == "postgresql" else f"'{day}'")
    return connection.execute(text(statement), values).rowcount
