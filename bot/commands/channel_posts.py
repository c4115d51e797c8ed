"""What somebody who administers a channel is told in private without having asked.

Pure. Written to nobody but those who made the bot an administrator or asked for a channel's settings.
"""

from dataclasses import replace
from datetime import date, time

from markupsafe import escape

from bot.agenda.occurrence import Slot
from bot.posts.cuts import TEXT_CHARS, shorter
from bot.posts.post import Button, Post
from bot.posts.translations import translator

# What a preview says of itself stands around the post that it shows.
_OWN_CHARS = 600


def greeting(language: str) -> Post:
    """The bot was made administrator of a channel; its settings follow."""
    t = translator("commands", language)
    return Post(t.gettext("Vigil may post in your channel now. Nothing is posted until you press Begin."))


def rights_changed(title: str, channel: int, language: str, *, is_lost: bool) -> Post:
    """The bot may no longer post in a channel, or may again."""
    t = translator("commands", language)
    line = t.gettext("Vigil may no longer post in this channel. Posts are paused until it may again.")
    if not is_lost:
        line = t.gettext("Vigil may post in this channel again. Posts go on.")
    shown = Button(t.gettext("Settings"), f"/channel {channel}")
    return Post(f"<b>{escape(title)}</b>\n{line}", ((shown,),))


def preview(post: Post, title: str, language: str, *, channel: int, day: date, slot: Slot, at: time) -> Post:
    """A post of a channel, shown before its hour with what can be decided about it."""
    t = translator("commands", language)
    line = t.gettext(
        "In this channel at %(hour)s, if you do not skip it. Should the calendar change before, the new post is sent."
    )
    head = f"<b>{escape(title)}</b>\n{line % {'hour': f'{at:%H:%M}'}}"
    about = f"{day.isoformat()} {slot.value}"
    row = (
        Button(t.gettext("Post"), f"/channel {channel} post {about}"),
        Button(t.gettext("Skip"), f"/channel {channel} skip {about}"),
    )
    shown = shorter(post, TEXT_CHARS - _OWN_CHARS)
    return replace(shown, html=f"{head}\n\n{shown.html}", buttons=(row,), picture=None)
