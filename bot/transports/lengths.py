"""The limits a transport declares, enforced in one place before anything is sent. Pure."""

from bot.outbox.transport import Fate, Limits, Mend, TransportError
from bot.posts.post import Post, length_utf16


def fits_caption(post: Post, limits: Limits) -> bool:
    """Whether the post's text can stand beneath a picture."""
    return length_utf16(post.text) <= limits.caption_chars


def check_length(post: Post, limits: Limits) -> None:
    """Raise POST_BAD for a post without text, or with more of it than a message holds."""
    if not post.text.strip():
        raise TransportError(Fate.POST_BAD, "empty")
    if length_utf16(post.text) > limits.text_chars:
        raise TransportError(Fate.POST_BAD, "too_long", mend=Mend.SHORTER)
