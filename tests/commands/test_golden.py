"""Replies stay as they were read and kept."""

import pytest

from bot.posts.translations import LANGUAGES
from tests.commands.golden import FOLDER, transcript
from tests.commands.house import House


@pytest.mark.parametrize("language", LANGUAGES)
async def test_replies_read_as_they_were_kept(house: House, language: str) -> None:
    kept = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    assert await transcript(house, language) == kept, "read the difference; python -m tests.commands.golden keeps it"
