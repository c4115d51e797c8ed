"""Buttons as Telegram shows them. Pure."""

from collections.abc import Iterable

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.posts.post import Button, start_parameter

DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data

_log = structlog.get_logger(__name__)


def keyboard(rows: Iterable[Iterable[Button]], link_to: str | None = None) -> InlineKeyboardMarkup | None:
    """The rows of buttons; None where there are none.

    With `link_to`, the bot's user name, each command becomes a link to the bot: in channels and
    inline posts nobody types. An operators' order is no command and stays what it is. A button that
    fits neither way is left out, and that is logged.
    """
    shown = [[made for button in row if (made := _button(button, link_to))] for row in rows]
    filled = [row for row in shown if row]
    return InlineKeyboardMarkup(filled) if filled else None


def _button(button: Button, link_to: str | None) -> InlineKeyboardButton | None:
    if button.link is not None:
        return InlineKeyboardButton(button.text, url=button.link)
    command = button.command or ""
    if link_to is not None and command.startswith("/"):
        return _link(button.text, command, link_to)
    if 1 <= len(command.encode()) <= DATA_BYTES:
        return InlineKeyboardButton(button.text, callback_data=command)
    _log.warning("button left out", why="its command is empty or over 64 bytes")
    return None


def _link(text: str, command: str, bot_name: str) -> InlineKeyboardButton | None:
    try:
        parameter = start_parameter(command)
    except ValueError:
        _log.warning("button left out", why="its command does not fit a link to the bot")
        return None
    return InlineKeyboardButton(text, url=f"https://t.me/{bot_name}?start={parameter}")
