"""What is heard in a slot → its post: occurrences of a day, a round-up, or a fact.

Pure but for rendering. Templates are loaded with the first post, not at start.
"""

from datetime import date

from bot.agenda.facts import Fact
from bot.agenda.hearing import Heard
from bot.agenda.occurrence import Slot
from bot.posts.post import Post
from bot.posts.voice import Voice
from bot.records.collection import Calendar


def composed(
    calendar: Calendar, what: Heard, voice: Voice, *, slot: Slot, span: tuple[date, date], pictured: bool
) -> Post:
    """The one message of a slot for the days of the span, the first of which is the day posted."""
    from bot.posts.day import fact_post, slot_post  # noqa: PLC0415
    from bot.posts.pictures import with_picture  # noqa: PLC0415
    from bot.posts.roundups import roundup_post  # noqa: PLC0415

    if isinstance(what, Fact):
        return fact_post(calendar, what, voice)
    first, last = span
    if first != last:
        return roundup_post(calendar, what, voice, slot=slot, span=span)
    post = slot_post(calendar, what, voice, slot=slot, on=first)
    return with_picture(post, calendar, what, voice) if pictured else post
