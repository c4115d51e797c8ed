"""One dated instance of an event or observance, and the slot of the day it belongs to.

Pure data: made by `occurrences`, told by `posts`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from bot.records.model import Event, Observance, Quote

OccurrenceKind = Literal[
    "arrest",
    "detention",
    "sentence",
    "death",
    "release",
    "disappearance",
    "birth",
    "observance",
    "milestone",
    "month",
]


class Slot(StrEnum):
    """The two posts a day may have: deaths are never merged with the rest."""

    MEMORIAL = "memorial"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What is posted on `date`: on the day itself (`lead` 0) or that many days before it.

    `years` is the age of the event on its day, null for observances, month pages and milestones;
    `days` belongs to milestones. `people` are those it still concerns; `events` has one entry,
    several on a month page, none for an observance.
    """

    date: date
    kind: OccurrenceKind
    lead: int = 0
    years: int | None = None
    days: int | None = None
    people: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    observance: Observance | None = None
    slot: Slot = field(default=Slot.DAY)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes behind it, in the order of the records."""
        of_events = tuple(quote for event in self.events for quote in event.quotes)
        return of_events + (self.observance.quotes if self.observance else ())

    @property
    def record_ids(self) -> tuple[str, ...]:
        """Ids of the records that a post about it states."""
        observance = (self.observance.id,) if self.observance else ()
        return (*(event.id for event in self.events), *observance, *self.people)
