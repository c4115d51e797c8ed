"""A house of commands over a real database, its tables made once and copied for each test."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import migrate, open_database
from tests.commands.house import House


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and nothing in them."""
    path = tmp_path_factory.mktemp("tables") / "empty.sqlite"

    async def make() -> None:
        database = open_database(_url(path))
        await migrate(database)
        await database.scrub()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def house(empty_tables: Path, tmp_path: Path) -> AsyncIterator[House]:
    """Commands over an empty database and the calendar that ships with Vigil."""
    path = tmp_path / "vigil.sqlite"
    shutil.copy(empty_tables, path)
    database = open_database(_url(path))
    yield House(Chats(database, Seal(b"k" * 32)))
    await database.close()
