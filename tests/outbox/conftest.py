"""A stage on SQLite for every test of the outbox; on PostgreSQL too where the statements matter."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.databases import empty, opened, postgresql_database, sqlite_url
from tests.outbox.stage import Stage


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql_database() as url:
        yield url


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(sqlite_url(tmp_path)) as database:
        yield database


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    stage = Stage(sqlite)
    yield stage
    await stage.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Both databases, one after the other."""
    if request.param == "sqlite":
        async with opened(sqlite_url(tmp_path)) as database:
            yield database
        return
    async with opened(request.getfixturevalue("postgresql_url")) as database:
        await empty(database)
        yield database


@pytest.fixture
async def on_either(either: Database) -> AsyncIterator[Stage]:
    stage = Stage(either)
    yield stage
    await stage.stop()
