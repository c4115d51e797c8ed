"""Inline mode, over the wire and with the real commands: cards with sources, and links for buttons."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.commands.commands import Commands
from bot.database import migrate, open_database
from bot.names import Index
from bot.posts.translations import LANGUAGES
from tests.calendars import real_calendar
from tests.doors.telegram.conftest import Porch


@pytest.fixture
async def talk(closed: Porch, tmp_path: Path) -> AsyncIterator[Porch]:
    """A porch behind whose door the real commands answer."""
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'vigil.sqlite'}")
    await migrate(database)
    closed.script = Commands(real_calendar, Chats(database, Seal(b"k" * 32)), Index.of)  # type: ignore[assignment]
    await closed.open()
    yield closed
    await closed.close()
    await database.close()


async def offered(talk: Porch, text: str, language: str = "en") -> list[dict[str, Any]]:
    """The cards for what somebody types."""
    query = talk.people.ask(talk.people.add_user(language_code=language), text)
    await talk.server.wait_for(lambda: query.id in talk.server.answers)
    results = talk.server.answers[query.id]["results"]
    cards: list[dict[str, Any]] = json.loads(results) if isinstance(results, str) else results
    return cards


async def test_a_name_in_any_spelling_gives_the_person(talk: Porch) -> None:
    cards = await offered(talk, "Алесь Бяляцкі")

    assert cards[0]["title"] == "Ales Bialiatski"
    assert "<blockquote>" in cards[0]["input_message_content"]["message_text"]


async def test_buttons_are_links_to_the_bot(talk: Porch) -> None:
    (card, *_) = await offered(talk, "Ihar Lednik")

    buttons = [button for row in card["reply_markup"]["inline_keyboard"] for button in row]
    assert buttons
    assert all(button["url"].startswith(("https://t.me/", "http")) for button in buttons)
    assert any("?start=why_ihar-lednik" in button["url"] for button in buttons)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_typed_gives_the_next_dates_and_a_fact(talk: Porch, language: str) -> None:
    cards = await offered(talk, "", language)

    assert [card["id"] for card in cards] == ["date-0", "date-1", "date-2", "date-3", "date-4", "fact"]


@pytest.mark.parametrize("text", ["Nobody Atall", "x" * 256, "<b>", "☃", "' OR 1=1 --", "/forget yes"])
async def test_nobody_s_name_gives_no_card_and_no_error(talk: Porch, text: str) -> None:
    assert await offered(talk, text) == []


async def test_only_the_last_of_what_is_being_typed_is_answered_for_sure(talk: Porch) -> None:
    user = talk.people.add_user()
    queries = [talk.people.ask(user, "Ihar Lednik"[:n]) for n in range(1, 12)]

    await talk.server.wait_for(lambda: queries[-1].id in talk.server.answers)

    assert "Ihar Lednik" in str(talk.server.answers[queries[-1].id]["results"])
