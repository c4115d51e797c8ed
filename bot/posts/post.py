"""The composed message, as every transport takes it.

Pure data. HTML is the subset that Telegram takes: b i u s a code pre blockquote.
"""

import html
import re
from dataclasses import dataclass

from bot.posts.stated import Stated

_TAG = re.compile(r"<[^>]+>")
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it is typing `command`; or, with `link`, opening that address.

    A command has at most 64 bytes (Bot API, InlineKeyboardButton.callback_data).
    """

    text: str
    command: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its alternative text; `name` is neutral and tells nothing of its content."""

    png: bytes
    alt: str
    name: str = "card.png"


@dataclass(frozen=True, slots=True)
class Post:
    """HTML, perhaps a picture, rows of buttons, and the ids of the records it states.

    `stated` has what a sent post is compared by later; null where it is no post of a day.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    records: tuple[str, ...] = ()
    stated: Stated | None = None

    @property
    def text(self) -> str:
        """The post without its markup, as a reader of plain text gets it."""
        return html.unescape(_TAG.sub("", self.html))


def start_parameter(command: str) -> str:
    """The `?start=` parameter for a command, e.g. `why_ihar-lednik-death` for `/why ihar-lednik-death`.

    In channels a button is a link to the bot (Bot API, "Deep linking": 64 of `[A-Za-z0-9_-]`), and
    `command_of` turns it back. ValueError where the command does not fit.
    """
    parameter = "_".join(command.removeprefix("/").split())
    if not _START.fullmatch(parameter):
        raise ValueError(f"{command!r} does not fit a start parameter: 64 of letters, digits, _ and -")
    return parameter


def command_of(parameter: str) -> str | None:
    """The command behind a start parameter; None where it is none of ours."""
    if not _START.fullmatch(parameter):
        return None
    return "/" + " ".join(parameter.split("_"))


def length_utf16(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram's limits are counted to be safe."""
    return len(text.encode("utf-16-le")) // 2
