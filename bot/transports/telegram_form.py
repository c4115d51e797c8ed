"""The form of a message that many chats get: what they have in common is written once.

A broadcast says the same to everybody, so that only the chat differs from one request to the next.
Pure.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final
from urllib.parse import urlencode

from telegram.constants import ParseMode

from bot.posts.post import Button
from bot.transports.telegram_keyboard import keyboard

_NO_PREVIEW: Final = json.dumps({"is_disabled": True})
_KEPT: Final = 64

Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A whole body, URL-encoded; the HTTP client takes it in place of the library's RequestData."""

    body: bytes
    contains_files: ClassVar[bool] = False


def form(where: Mapping[str, object], what: str) -> Form:
    """The body for one chat: `where` it goes (a null value is left out), and `what` every chat gets."""
    fields = {name: value for name, value in where.items() if value is not None}
    own = urlencode({name: v if isinstance(v, str) else json.dumps(v) for name, v in fields.items()})
    return Form(f"{own}&{what}".encode("ascii"))


@lru_cache(maxsize=_KEPT)
def text(html: str, buttons: Buttons, link_to: str | None) -> str:
    """What a text says, without a preview of its links; `link_to` as `keyboard` takes it."""
    fields = {"text": html, "parse_mode": ParseMode.HTML, "link_preview_options": _NO_PREVIEW}
    return urlencode(fields | _markup(buttons, link_to))


@lru_cache(maxsize=_KEPT)
def photo(ref: str, caption: str, buttons: Buttons, link_to: str | None) -> str:
    """What a picture that was uploaded before says, under the name it was given."""
    fields = {"photo": ref, "caption": caption, "parse_mode": ParseMode.HTML}
    return urlencode(fields | _markup(buttons, link_to))


def _markup(buttons: Buttons, link_to: str | None) -> dict[str, str]:
    markup = keyboard(buttons, link_to)
    return {} if markup is None else {"reply_markup": markup.to_json()}
