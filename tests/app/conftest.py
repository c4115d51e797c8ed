"""What a bot of the tests starts with: a home, a calendar with a death on today's day, a Telegram."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.scene import remembered_today
from tests.telegram import TelegramServer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home that nobody else may read."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def records(tmp_path: Path) -> dict[str, Any]:
    """Settings with the calendar of `remembered_today`."""
    return remembered_today(tmp_path)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as telegram:
        yield telegram
