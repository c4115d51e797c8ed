"""Real databases for every test that wants one: an SQLite file of its own, and one PostgreSQL for all of a run."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.databases import empty, migrated_database, opened, postgresql, sqlite_url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL, for tests that make databases of their own."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """One database with the program's tables, emptied by whoever uses it."""
    with migrated_database(postgresql_server) as url:
        yield url


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
    async with opened(request.getfixturevalue("postgresql_url")) as database:
        await empty(database)
        yield database
