"""A stage on SQLite for every test of the outbox; on PostgreSQL too where the statements matter."""

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from tests.outbox.stage import Stage


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[Stage]:
    stage = Stage(sqlite)
    yield stage
    await stage.stop()


@pytest.fixture
async def on_either(either: Database) -> AsyncIterator[Stage]:
    stage = Stage(either)
    yield stage
    await stage.stop()
