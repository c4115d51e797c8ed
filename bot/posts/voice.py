"""In which language, on which day and with which settings a post speaks. Pure data."""

from dataclasses import dataclass
from datetime import date

from bot.records.custody import SHELF_LIFE_DAYS


@dataclass(frozen=True, slots=True)
class Voice:
    """`on` is the day taken as today, in the reader's zone; custody is told as of it.

    `contact` is where mistakes are reported (`VIGIL_CONTACT`), null where none is set.
    """

    language: str
    on: date
    shelf_life_days: int = SHELF_LIFE_DAYS
    contact: str | None = None
