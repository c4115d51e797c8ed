"""Real databases for tests of operating."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.databases import empty, opened, postgresql_database, sqlite_url


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql_database() as url:
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
