"""A person's picture card: what was last reported of custody, and a time-line of what was reported.

Pure but for drawing. Its events come in words already: which happened is told by who asks.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.posts.card_layout import LIGHT, Block
from bot.posts.custody_label import documents_end
from bot.posts.cuts import CAPTION_CHARS
from bot.posts.dates import number
from bot.posts.fonts import MEDIUM
from bot.posts.people import Portrait
from bot.posts.pictures import CANDLE, LIGHT_LINE, Words, picture_of
from bot.posts.post import Picture, Post, length_utf16
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import sentence

MOST_EVENTS = 8
_NAME_SIZES = (64, 56, 48, 42, 36)


def with_timeline(post: Post, person: Portrait, events: Sequence[str], source: str, *, voice: Voice) -> Post:
    """The post with the person's card, where its text is short enough for a caption and all must-be-said fits."""
    if length_utf16(post.text) > CAPTION_CHARS:
        return post
    return replace(post, picture=timeline_card(person, events, source, voice=voice))


def timeline_card(person: Portrait, events: Sequence[str], source: str, *, voice: Voice) -> Picture | None:
    """The card of a person and events told in words, oldest first; None where name, custody and source do not fit.

    Where there is room for some events alone, it says how many more there are. A report of custody
    past its shelf life is never drawn without the sentence that our documents end there.
    """
    motif = LIGHT_LINE if person.custody else CANDLE
    above = [Block(person.name, _NAME_SIZES, 2, LIGHT, MEDIUM)]
    if person.custody:
        end = f" {documents_end(voice.language)}" if person.ends else ""
        above.append(Block(person.custody + end, (24, 22, 20), 4, space=12))
    words = Words(motif, tuple(above), (), (), source)
    for count in range(min(len(events), MOST_EVENTS), 0, -1):
        for size in (28, 24, 21):
            picture = picture_of(words, _points(events, count, size, voice.language), voice)
            if picture is not None:
                return picture
    return None


def _points(events: Sequence[str], count: int, size: int, language: str) -> list[Block]:
    """The first events as points of a line, and the number of those left out."""
    points = [Block(event, (size,), 3, LIGHT, space=10, marked=True) for event in events[:count]]
    left = len(events) - count
    if left:
        more = translator("posts", language).ngettext("and %(count)s more", "and %(count)s more", left)
        points.append(Block(sentence(more % {"count": number(left, language)}), (size,), 1, space=10))
    return points
