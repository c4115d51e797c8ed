"""The limits a transport declares, enforced in one place before anything is sent. Pure."""

from functools import lru_cache

from bot.outbox.transport import Fate, Limits, Mend, TransportError
from bot.posts.post import Post, length_utf16


def fits_caption(post: Post, limits: Limits) -> bool:
    """Whether the post's text can stand beneath a picture."""
    return _length(post.html) <= limits.caption_chars


def check_length(post: Post, limits: Limits) -> None:
    """Raise POST_BAD for a post without text, or with more of it than a message holds."""
    length = _length(post.html)
    if not length:
        raise TransportError(Fate.POST_BAD, "empty")
    if length > limits.text_chars:
        raise TransportError(Fate.POST_BAD, "too_long", mend=Mend.SHORTER)


# A broadcast asks it of one post for every chat.
@lru_cache(maxsize=64)
def _length(html: str) -> int:
    """In UTF-16 code units after parsing; 0 where there is nothing but white space."""
    shown = Post(html).text
    return length_utf16(shown) if shown.strip() else 0
