"""A channel's own lines around a post: an opening above, a signature below. Pure."""

from dataclasses import replace

from markupsafe import escape

from bot.posts.cuts import CAPTION_CHARS, TEXT_CHARS, shorter
from bot.posts.post import Post, length_utf16

# In UTF-16 code units, as Telegram counts.
LINE_CHARS = 200
_BETWEEN = "\n\n"


def framed(post: Post, opening: str, signature: str, limit_chars: int = TEXT_CHARS) -> Post:
    """The post between these plain texts; where it would be too long the post gives way, never the lines.

    A text that is no caption any more goes without its picture, and says so of itself.
    """
    if not opening and not signature:
        return post
    own = sum(length_utf16(line) + len(_BETWEEN) for line in (opening, signature) if line)
    within = shorter(post, limit_chars - own)
    html = _BETWEEN.join(part for part in (str(escape(opening)), within.html, str(escape(signature))) if part)
    stated = within.stated and replace(within.stated, opening=opening, signature=signature)
    whole = replace(within, html=html, stated=stated)
    if whole.picture is None or length_utf16(whole.text) <= CAPTION_CHARS:
        return whole
    return replace(whole, picture=None, stated=stated and replace(stated, picture=None))
