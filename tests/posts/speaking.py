"""Posts of the real calendar on a day, for tests that expect exact words."""

from datetime import date

from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.posts.day import slot_post
from bot.posts.post import Post
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from tests.calendars import real_calendar

NARROW = "\u202f"  # what CLDR puts before "г."


def on_day(day: str, slot: Slot, *, calendar: Calendar | None = None, rules: Rules | None = None) -> list[Occurrence]:
    """The occurrences of a day in a slot."""
    when = date.fromisoformat(day)
    found = occurrences(calendar or real_calendar(), when, when, rules or Rules())
    return [occurrence for occurrence in found if occurrence.slot is slot]


def posted(day: str, language: str, slot: Slot = Slot.DAY, *, calendar: Calendar | None = None) -> Post:
    """The post of a day in a slot, spoken on that day."""
    when = date.fromisoformat(day)
    told = on_day(day, slot, calendar=calendar)
    return slot_post(calendar or real_calendar(), told, Voice(language, when), slot=slot, on=when)


def commands_of(post: Post) -> list[str]:
    """The commands of a post's buttons, in order."""
    return [button.command for row in post.buttons for button in row if button.command]
