"""A channel's own lines around a post: an opening above, a signature below. Pure."""

from dataclasses import replace

from markupsafe import escape

from bot.posts.cuts import TEXT_CHARS, shorter
from bot.posts.post import Post, length_utf16

# In UTF-16 code units, as Telegram counts.
LINE_CHARS = 200
_BETWEEN = "\n\n"


def framed(post: Post, opening: str, signature: str) -> Post:
    """The post between these plain texts; where it would be too long the post gives way, never the lines."""
    if not opening and not signature:
        return post
    own = sum(length_utf16(line) + len(_BETWEEN) for line in (opening, signature) if line)
    within = shorter(post, TEXT_CHARS - own)
    html = _BETWEEN.join(part for part in (str(escape(opening)), within.html, str(escape(signature))) if part)
    stated = within.stated and replace(within.stated, opening=opening, signature=signature)
    return replace(within, html=html, stated=stated)
