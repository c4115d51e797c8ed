"""A post as a page shows it: cleaned, its quotations traced, its buttons to press.

Pure. Templates get these and no post.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.doors.room.sanitizing import Quotation, clean
from bot.posts.post import Button, Picture, Post

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class PictureView:
    """Where the picture is served, what it shows in words, and its size in pixels."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PostView:
    """What the template of a post is given; `message_id` is 0 in a rehearsal."""

    html: Markup
    rows: tuple[tuple[Button, ...], ...]
    picture: PictureView | None
    message_id: int = 0


def post_view(post: Post, quotation: Quotation, *, picture_address: str, message_id: int = 0) -> PostView:
    """A post made ready for a page; its picture is served at the address given."""
    picture = _picture_view(post.picture, picture_address) if post.picture is not None else None
    rows = tuple(row for buttons in post.buttons if (row := _usable(buttons)))
    return PostView(clean(post.html, quotation), rows, picture, message_id)


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height from the header of a PNG (ISO/IEC 15948, 11.2.2); ValueError if it is none."""
    if not png.startswith(_PNG) or len(png) < 24:
        raise ValueError("not a PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _picture_view(picture: Picture, address: str) -> PictureView:
    return PictureView(address, picture.alt, *png_size(picture.png))


def _usable(row: Sequence[Button]) -> tuple[Button, ...]:
    return tuple(button for button in row if button.command or _leads_out(button.link))


def _leads_out(address: str | None) -> bool:
    return address is not None and urlsplit(address).scheme in ("http", "https")
