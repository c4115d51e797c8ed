"""Chats over a real SQLite file, and over PostgreSQL too where the statements matter."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from tests.databases import database_in, opened, postgresql, sqlite_url

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with postgresql() as server:
        yield server


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(sqlite_url(tmp_path)) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Both databases, one after the other."""
    if request.param == "sqlite":
        async with opened(sqlite_url(tmp_path)) as database:
            yield database
        return
    server: str = request.getfixturevalue("postgresql_server")
    async with database_in(server) as url, opened(url) as database:
        yield database


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY)


@pytest.fixture
def chats(either: Database, seal: Seal) -> Chats:
    return Chats(either, seal)
