"""The post that takes the place of one which stated something wrong.

Pure but for rendering. It says that it corrects and from which day, and nothing of what was wrong: to
repeat a wrong claim would spread it, and to name who asked for silence would break it.
"""

import hashlib
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from bot.posts.cuts import CAPTION_CHARS, TEXT_CHARS, shorter
from bot.posts.dates import full_date
from bot.posts.framing import framed
from bot.posts.pictures import words_card
from bot.posts.post import Picture, Post, length_utf16
from bot.posts.stated import Stated
from bot.posts.translations import translator

_BETWEEN = "\n\n"


def correction(post: Post | None, before: Stated, corrected_on: date) -> Post | None:
    """What stands from now on where `before` was stated; None where the text would be the same.

    `post` is what the calendar now says in its place, null where all of it fell. A message keeps having a picture
    or none: one that had, and now has no card of its own, gets one that names nobody.
    """
    line = correction_line(before.language, corrected_on, is_withdrawn=post is None)
    picture = _picture(post, before, corrected_on)
    limit = CAPTION_CHARS if picture else TEXT_CHARS
    if post is None or post.stated is None:
        html, now = Markup.escape(line), replace(before, claims=(), occurrences=(), fact=None, body="")
    elif post.stated.body == before.body:
        return None
    else:
        room = limit - length_utf16(line) - len(_BETWEEN)
        within = shorter(framed(replace(post, picture=None), before.opening, before.signature, room), room)
        html, now = Markup.escape(line) + _BETWEEN + Markup(within.html), post.stated  # noqa: S704 (a post's own markup)
    digest = hashlib.sha256(picture.png).hexdigest() if picture else None
    whole = replace(post or Post(""), html=html, picture=picture, stated=replace(now, picture=digest))
    return shorter(whole, limit)


def correction_line(language: str, corrected_on: date, *, is_withdrawn: bool) -> str:
    """`Correction, 22 November 2026: this post replaces an earlier one.`"""
    t = translator("posts", language)
    words = {"date": full_date(corrected_on, language)}
    if is_withdrawn:
        return (
            t.gettext("Correction, %(date)s: this post replaces an earlier one. What that one stated is withdrawn.")
            % words
        )
    return t.gettext("Correction, %(date)s: this post replaces an earlier one.") % words


def _picture(post: Post | None, before: Stated, corrected_on: date) -> Picture | None:
    if before.picture is None:
        return None
    if post is not None and post.picture is not None:
        return post.picture
    heading = translator("posts", before.language).gettext("Correction")
    return words_card(heading, full_date(corrected_on, before.language), before.language)
