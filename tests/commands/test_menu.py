"""What the bot says of itself in Telegram's menus and profile."""

import re

import pytest

from bot.commands.menu import bot_description, menu, short_description
from bot.commands.registry import COMMANDS
from bot.posts.post import length_utf16
from bot.posts.translations import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_but_the_first_steps_is_in_the_menu(language: str) -> None:
    assert {name for name, _ in menu(language)} == set(COMMANDS) - {"start", "setup", "post", "channel"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_fits_what_telegram_takes(language: str) -> None:
    for name, description in menu(language):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= length_utf16(description) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_fit_what_telegram_takes(language: str) -> None:
    assert length_utf16(bot_description(language)) <= 512
    assert length_utf16(short_description(language)) <= 120


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("en", "punished"),
        ("be", "караюць"),
        ("ru", "наказывают"),
        ("uk", "карають"),
        ("pl", "są karani"),
        ("lt", "baudžiami"),
        ("de", "bestraft"),
    ],
)
def test_the_description_warns_before_start_is_pressed(language: str, warning: str) -> None:
    assert warning in bot_description(language)
