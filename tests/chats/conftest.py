"""Chats over a real SQLite file, and over PostgreSQL too where the statements matter."""

import pytest

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database

KEY = bytes(range(32))


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY)


@pytest.fixture
def chats(either: Database, seal: Seal) -> Chats:
    return Chats(either, seal)
