"""What is left of a post when it is too long, cannot be parsed, or may carry no buttons.

Pure. A quotation is never cut inside, since that could turn its sense: it goes whole, and its
attribution stays. Every line of a post holds its own tags, so lines can go one by one; only the
sentence that our documents end there stays whatever goes (design, section 3, rule 4).
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from markupsafe import Markup

from bot.posts.citations import translated_mark
from bot.posts.custody_label import documents_end
from bot.posts.post import Post, length_utf16
from bot.posts.translations import LANGUAGES

# Telegram's limits, in UTF-16 code units after parsing (Bot API, sendMessage and sendPhoto).
TEXT_CHARS = 4096
CAPTION_CHARS = 1024

_QUOTATION = re.compile(r"<blockquote>((?:[^<]|</?code>)*)</blockquote>")
_MORE = "…"


def shorter(post: Post, limit_chars: int = TEXT_CHARS) -> Post:
    """The post at no more than `limit_chars` (300 or more): last quotations go first, then last lines."""
    short = post
    while length_utf16(short.text) > limit_chars and (quotations := list(_quotations().finditer(short.html))):
        last = quotations[-1]
        short = replace(short, html=(short.html[: last.start()] + short.html[last.end() :]).rstrip())
    if length_utf16(short.text) <= limit_chars:
        return short
    return replace(short, html=_first_lines(short.html, limit_chars))


def fits_without_quotations(html: str) -> bool:
    """Whether a text would be short enough once its quotations are gone."""
    return length_utf16(Post(_quotations().sub("", html)).text) <= TEXT_CHARS


def plain(post: Post) -> Post:
    """The post without markup, quotations in quotation marks, for a transport that cannot parse it."""
    marked = Post(_QUOTATION.sub(r"“\1”", post.html))
    text = marked.text if length_utf16(marked.text) <= TEXT_CHARS else post.text
    return replace(post, html=html.escape(text, quote=False))


def without_buttons(post: Post) -> Post:
    """The post without buttons."""
    return replace(post, buttons=())


def _first_lines(text: str, limit_chars: int) -> str:
    """The first lines that fit, and of the others each that says we do not know who is free today."""
    lines = text.split("\n")
    for count in range(len(lines) - 1, 0, -1):
        cut = "\n".join([*lines[:count], _MORE, *_kept(lines[count:])])
        if length_utf16(Post(cut).text) <= limit_chars:
            return cut
    kept = _kept(lines)  # a first line longer than everything: its words without markup
    room = limit_chars - length_utf16(Post("\n".join(["", _MORE, *kept])).text)
    return "\n".join([html.escape(_first_units(Post(lines[0]).text, room), quote=False), _MORE, *kept])


def _kept(lines: Sequence[str]) -> list[str]:
    ends = (str(Markup.escape(documents_end(language))) for language in LANGUAGES)
    return [end for end in ends if any(end in line for line in lines)]


@cache
def _quotations() -> re.Pattern[str]:
    """A quotation with its line break, and the mark beneath a translation."""
    marks = "|".join(re.escape(str(Markup.escape(translated_mark(language)))) for language in LANGUAGES)
    return re.compile(rf"{_QUOTATION.pattern}\n?(?:(?:{marks})(?:\n|$))?")


def _first_units(text: str, units: int) -> str:
    """As much of the text as fits into so many UTF-16 code units; no character is halved."""
    return text.encode("utf-16-le")[: 2 * max(0, units)].decode("utf-16-le", errors="ignore")
