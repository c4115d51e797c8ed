"""All dates of a week or a month in one post, for chats that want no post for each.

Pure but for rendering.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.agenda.occurrence import Occurrence, Slot
from bot.posts import buttons
from bot.posts.cuts import shorter
from bot.posts.dates import capitalised, day_and_month, month_and_year
from bot.posts.entries import entry
from bot.posts.lists import MOST_IN_A_LIST, Listing, listed
from bot.posts.post import Post
from bot.posts.titles import singles
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.records.collection import Calendar

_DAYS_OF_A_WEEK = 7


def roundup_post(
    calendar: Calendar, occurrences: Sequence[Occurrence], voice: Voice, *, slot: Slot, span: tuple[date, date]
) -> Post:
    """The one message of a slot for the days from first to last, each date with its day."""
    told = singles(calendar, occurrences, voice)
    entries = [entry(calendar, occurrence, voice) for occurrence in told[:MOST_IN_A_LIST]]
    dated = [replace(one, item=one.title) for one in entries]
    why = buttons.why_days(*span, slot, voice)
    of = Listing(_heading(slot, span, voice), slot is Slot.MEMORIAL, why)
    return shorter(listed(dated, voice, of, total=len(told)))


def _heading(slot: Slot, span: tuple[date, date], voice: Voice) -> str:
    t = translator("posts", voice.language)
    message = t.gettext("%(day)s: in memory") if slot is Slot.MEMORIAL else t.gettext("%(day)s: dates we keep")
    return message % {"day": _days(span, voice.language)}


def _days(span: tuple[date, date], language: str) -> str:
    """`15 February – 21 February`, or `February 2027`."""
    first, last = span
    if (last - first).days < _DAYS_OF_A_WEEK:
        return capitalised(f"{day_and_month(first, language)} – {day_and_month(last, language)}")
    return capitalised(month_and_year(first, language))
