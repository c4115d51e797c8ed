"""What Vigil says at its start: what it knows, the next dates, and where it posts.

Pure: lines of plain text.
"""

from datetime import date, timedelta

from bot.agenda.occurrence import Occurrence
from bot.agenda.occurrences import Rules, occurrences
from bot.doors.room.house import NextDate
from bot.posts.dates import full_date
from bot.posts.titles import title
from bot.posts.voice import Voice
from bot.records.collection import Calendar

_YEAR = timedelta(days=366)
_SHOWN = 3


def known(calendar: Calendar, today: date) -> list[str]:
    """What is known, and how old the newest document is: everything said of custody is at least so old."""
    counts = f"{len(calendar.people)} people, {len(calendar.events)} events, {sum(1 for _ in calendar.quotes())} quotes"
    lines = [f"Vigil knows {len(calendar.sources)} documents: {counts}."]
    newest = calendar.newest_document()
    if newest is not None and newest.date is not None:
        age = (today - newest.date.first).days
        lines.append(
            f"The newest is {newest.publisher.en}'s of {full_date(newest.date.first, 'en')}, {age} days old: "
            "what it says of custody may be out of date."
        )
    return lines


def ahead(calendar: Calendar, voice: Voice, rules: Rules, *, most: int = _SHOWN) -> list[NextDate]:
    """The next days with a post of their own, from today on, within a year; one line each."""
    found: dict[date, Occurrence] = {}
    for occurrence in occurrences(calendar, voice.on, voice.on + _YEAR, rules):
        found.setdefault(occurrence.date, occurrence)
    return [NextDate(day, title(calendar, found[day], voice)) for day in sorted(found)[:most]]


def next_lines(dates: list[NextDate]) -> list[str]:
    """The next dates as lines."""
    if not dates:
        return ["No date within a year."]
    return ["Next:", *(f"  {next_.date.isoformat()}  {next_.title}" for next_ in dates)]
