"""People by any spelling of their names.

Pure. numpy and rapidfuzz are loaded when an index is built, so that commands that look nobody up start at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.records.collection import Calendar
from bot.records.model import Labels, Person


@dataclass(frozen=True, slots=True)
class Match:
    """A person found: the display name, how like it is (0 to 100), and how far it can be trusted.

    `sure`: first name and surname, or the id, fit this person and nobody else is near. `near`: most likely one
    of these. `maybe`: like it, and perhaps somebody else altogether.
    """

    person_id: str
    name: str
    score: float
    match: Literal["sure", "near", "maybe"]


class Index:
    """Finds people by any spelling of their names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """An index of people's names by person id, of each the name to show first."""
        from bot.names.people import People  # noqa: PLC0415 (loads numpy and rapidfuzz)

        self._people = People(names)

    @classmethod
    def of(cls, calendar: Calendar) -> "Index":
        """An index of the calendar's people by their display names and every spelling in the documents."""
        return cls({person.id: _names(person) for person in calendar.people.values()})

    def find(self, query: str, *, limit: int = 10) -> list[Match]:
        """The people meant by a name or an id, best first; never an error, whatever was typed."""
        from bot.names.search import search  # noqa: PLC0415 (loads numpy and rapidfuzz)

        return [Match(*found) for found in search(self._people, query, max(limit, 0))]


def _names(person: Person) -> tuple[str, ...]:
    """The English display name, then each other display name and spelling once."""
    shown: list[str | None] = [getattr(person.names, language) for language in Labels.model_fields]
    return tuple(dict.fromkeys(name for name in (*shown, *(spelling.name for spelling in person.spellings)) if name))
