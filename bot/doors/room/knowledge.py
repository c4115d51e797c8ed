"""What Vigil knows, counted: documents and the age of the newest, people, events.

Pure.
"""

from dataclasses import dataclass
from datetime import date

from bot.records.collection import Calendar
from bot.records.model import Source


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`documents` has the newest first and those without a date last; `newest` is the first dated one."""

    documents: tuple[Source, ...]
    newest: Source | None
    age_days: int
    people: int
    events: int


def knowledge_of(calendar: Calendar, today: date) -> Knowledge:
    """What the calendar holds, as of today."""
    newest = calendar.newest_document()
    age = (today - newest.date.last).days if newest is not None and newest.date is not None else 0
    events = sum(1 for event in calendar.events.values() if event.withdrawn is None)
    return Knowledge(documents(calendar), newest, max(age, 0), len(calendar.people), events)


def documents(calendar: Calendar) -> tuple[Source, ...]:
    """The sources, newest first; those without a date last."""
    return tuple(sorted(calendar.sources.values(), key=_newest_first))


def _newest_first(source: Source) -> tuple[bool, int, str]:
    return (source.date is None, -source.date.last.toordinal() if source.date is not None else 0, source.id)
