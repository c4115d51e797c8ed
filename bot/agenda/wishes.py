"""What a chat wants to hear: topics, leads, facts, people followed.

Pure data. Where a chat lives and in what language is kept by `chats`.
"""

from dataclasses import dataclass
from typing import Literal

FactRate = Literal["daily", "weekly", "never"]
Rhythm = Literal["each", "weekly", "monthly"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Topics are `all`, `days`, `country:XX`; empty means all.

    `leads` are the days before for observances and anniversaries (never for deaths): null takes
    the defaults, empty means none. `followed` holds the ids of the people this chat follows.
    `rhythm` is whether each date comes on its day, or all of a week or month in one post on its first day.
    """

    topics: frozenset[str] = frozenset()
    leads: tuple[int, ...] | None = None
    facts: FactRate = "weekly"
    followed: frozenset[str] = frozenset()
    rhythm: Rhythm = "each"
