"""What is changed about a post that a transport refuses. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.outbox.transport import Limits, Mend
from bot.posts.cuts import plain, shorter, without_buttons
from bot.posts.post import Post, length_utf16


def mended(post: Post, mends: Iterable[Mend], limits: Limits) -> Post:
    """The post with these mends, cut to what one message of the transport holds."""
    for mend in mends:
        post = _mended(post, mend, limits)
    return shorter(post, limits.text_chars) if length_utf16(post.text) > limits.text_chars else post


def _mended(post: Post, mend: Mend, limits: Limits) -> Post:
    match mend:
        case Mend.PLAIN_TEXT:
            return plain(post)
        case Mend.SHORTER:
            # It counts longer there than here: leave out another part as well.
            return shorter(post, min(limits.text_chars, length_utf16(post.text)) * 3 // 4)
        case Mend.NO_BUTTONS:
            return without_buttons(post)
        case Mend.NO_PICTURE:
            return replace(post, picture=None)
