"""What is left of a post when it is too long, cannot be parsed, or may carry no buttons.

Pure. A quotation is never cut inside, since that could turn its sense: it goes whole, and its
attribution stays. Every line of a post holds its own tags, so lines can go one by one.
"""

import html
import re
from dataclasses import replace

from bot.posts.post import Post, length_utf16

# Telegram's limits, in UTF-16 code units after parsing (Bot API, sendMessage and sendPhoto).
TEXT_CHARS = 4096
CAPTION_CHARS = 1024

_QUOTATION = re.compile(r"<blockquote>([^<]*)</blockquote>(\n?)")
_MORE = "…"


def shorter(post: Post, limit_chars: int = TEXT_CHARS) -> Post:
    """The post at no more than `limit_chars`: its last quotations go first, then its last lines."""
    short = post
    while length_utf16(short.text) > limit_chars and (quotations := list(_QUOTATION.finditer(short.html))):
        last = quotations[-1]
        short = replace(short, html=(short.html[: last.start()] + short.html[last.end() :]).rstrip())
    if length_utf16(short.text) <= limit_chars:
        return short
    return replace(short, html=_first_lines(short.html, limit_chars))


def plain(post: Post) -> Post:
    """The post without markup, quotations in quotation marks, for a transport that cannot parse it."""
    marked = replace(post, html=_QUOTATION.sub(r"“\1”\2", post.html))
    return replace(post, html=html.escape(marked.text, quote=False))


def without_buttons(post: Post) -> Post:
    """The post without buttons."""
    return replace(post, buttons=())


def _first_lines(text: str, limit_chars: int) -> str:
    kept: list[str] = []
    for line in text.split("\n"):
        candidate = "\n".join([*kept, line, _MORE])
        if length_utf16(Post(candidate).text) > limit_chars:
            break
        kept.append(line)
    if not kept:  # a first line longer than everything: its words without markup
        words = Post(text.split("\n", maxsplit=1)[0]).text
        kept = [html.escape(_first_units(words, limit_chars - length_utf16(_MORE) - 1), quote=False)]
    return "\n".join([*kept, _MORE])


def _first_units(text: str, units: int) -> str:
    """As much of the text as fits into so many UTF-16 code units; no character is halved."""
    return text.encode("utf-16-le")[: 2 * max(0, units)].decode("utf-16-le", errors="ignore")
