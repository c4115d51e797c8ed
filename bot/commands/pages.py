"""Long replies in pages: nothing is ever cut off, the rest is one tap away.

Pure.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.posts.post import Button, Post, length_utf16

# Telegram takes 4,096 UTF-16 code units and 100 marks (Bot API, sendMessage): well below both.
PAGE_CHARS = 3_300
PARTS_A_PAGE = 8
LEAST_ROOM = 600
# What templates put before the parts of a reply; a line stands right under the part before it.
BREAK, LINE = "\f", "\v"
_BREAKS = re.compile(f"([{BREAK}{LINE}])")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reply that stays whole, and the button that leads on from it.

    `group` is what it stands under, as plain text: said once for those that follow one another, and
    again at the top of a page.
    """

    html: str
    button: Button | None = None
    is_line: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a reply; `number` counts from 1 and is the last one's where more was asked."""

    parts: tuple[Part, ...]
    number: int
    has_more: bool


def parts_of(
    rendered: str, buttons: Iterable[Button | None] = (), groups: Iterable[str] = ()
) -> tuple[str, list[Part]]:
    """The heading of a rendered reply and the parts after it, each with its button and group in turn."""
    heading, *pieces = (piece.strip(" \n") for piece in _BREAKS.split(rendered))
    button, group = iter(buttons), iter(groups)
    parts = zip(pieces[::2], pieces[1::2], strict=True)
    return heading, [Part(piece, next(button, None), mark == LINE, next(group, "")) for mark, piece in parts]


def page_of(heading: str, parts: Sequence[Part], number: int, *, most: int = PARTS_A_PAGE) -> Page:
    """The page with that number; the heading stands on each and takes its room."""
    room = max(LEAST_ROOM, PAGE_CHARS - chars(heading))
    pages = list(_pages(parts, room, most)) or [()]
    at = min(number, len(pages))
    return Page(pages[at - 1], at, at < len(pages))


def html_of(heading: str, page: Page) -> str:
    """The heading and the parts of a page, as one text."""
    text, group = heading, ""
    for n, part in enumerate(page.parts):
        opens_group = part.group and (part.group != group or n == 0)
        between = "\n" if part.is_line and n > 0 and not opens_group else "\n\n"
        above = f"<b>{html.escape(part.group, quote=False)}</b>\n" if opens_group else ""
        text = f"{text}{between}{above}{part.html}" if text else f"{above}{part.html}"
        group = part.group
    return text


def chars(markup: str) -> int:
    """Length of the text in HTML, as Telegram counts it."""
    return length_utf16(Post(markup).text)


def _pages(parts: Iterable[Part], room: int, most: int) -> Iterator[tuple[Part, ...]]:
    page: list[Part] = []
    used = 0
    for part in (piece for whole in parts for piece in _fitting(whole, room)):
        length = _length(part)
        if page and (used + length > room or len(page) == most):
            yield tuple(page)
            page, used = [], 0
        page.append(part)
        used += length
    if page:
        yield tuple(page)


def _fitting(part: Part, room: int) -> Iterator[Part]:
    """The part, or where it alone is longer than a page its text in pieces, without markup."""
    if _length(part) <= room:
        yield part
        return
    left = max(LEAST_ROOM // 2, room - _length(replace(part, html="")))
    for piece in _pieces(Post(part.html).text, left):
        yield replace(part, html=html.escape(piece, quote=False))


def _length(part: Part) -> int:
    """Its length with what it stands under and the line breaks around it."""
    return chars(part.html) + length_utf16(part.group) + 3


def _pieces(text: str, room: int) -> Iterator[str]:
    line = ""
    for word in (piece for whole in text.split() for piece in _short_words(whole, room)):
        if line and length_utf16(line) + 1 + length_utf16(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def _short_words(word: str, room: int) -> Iterator[str]:
    step = room // 2  # a character takes at most two code units
    yield from (word[start : start + step] for start in range(0, len(word), step))
