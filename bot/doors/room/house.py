"""What the room asks of the rest of the house; `app` gives it.

Types alone: nothing here acts.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from bot.agenda.occurrence import Slot
from bot.commands.request import Reply, Request
from bot.posts.post import Post
from bot.records.collection import Calendar


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day with something to post, and its title in plain text."""

    date: date
    title: str


class Dates(Protocol):
    """The days from `first` to `last`, both included, on which the calendar has something to post."""

    def __call__(self, first: date, last: date) -> Collection[date]: ...


@dataclass(frozen=True, slots=True)
class House:
    """The house as the page sees it. Every text comes in the language asked for.

    `calendar` leaves out what is held. `posts_on` composes with that day taken as today. `dates` tells
    which days have posts of their own (facts left out).
    `menu` lists commands without their slash and what each does. `now` is aware UTC; `zone` is where
    the page's day begins, null for the machine's own zone.
    """

    answer: Callable[[Request], Awaitable[Reply]]
    calendar: Callable[[], Calendar]
    posts_on: Callable[[date, str], Sequence[tuple[Slot, Post]]]
    dates: Dates
    next_dates: Callable[[str], Sequence[NextDate]]
    menu: Callable[[str], Sequence[tuple[str, str]]]
    now: Callable[[], datetime]
    zone: tzinfo | None = None

    def today(self) -> date:
        """The day that is today on this page."""
        return self.now().astimezone(self.zone).date()
