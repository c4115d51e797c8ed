"""The operators' chat, for its tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.app.operators.scene import Told
from tests.databases import opened, sqlite_url


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(sqlite_url(tmp_path)) as database:
        yield database


@pytest.fixture
async def operators(database: Database) -> AsyncIterator[Told]:
    told = Told(database)
    yield told
    await told.stop()
