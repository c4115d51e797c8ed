"""People by any spelling of their names.

Pure. numpy and rapidfuzz are imported when an index is built, so that commands which look nobody up start at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.records.collection import Calendar


@dataclass(frozen=True, slots=True)
class Match:
    """A person found: the display name, how like it is (0 to 100), and how far it can be trusted.

    `sure` is beyond reasonable doubt; `near` is one of these; `maybe` may be somebody else altogether.
    """

    person_id: str
    name: str
    score: float
    match: Literal["sure", "near", "maybe"]


class Index:
    """Finds people by any spelling of their names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """An index of people's names by person id, the name to show first."""
        from bot.names.people import People  # noqa: PLC0415 (loads numpy and rapidfuzz)

        self._people = People(names)

    @classmethod
    def of(cls, calendar: "Calendar") -> "Index":
        """An index of the calendar's people by their display names and every spelling in the documents."""
        return cls(
            {
                person.id: tuple(
                    dict.fromkeys(
                        [
                            *(name for name in person.names.model_dump().values() if name),
                            *(spelling.name for spelling in person.spellings),
                        ]
                    )
                )
                for person in calendar.people.values()
            }
        )

    def find(self, query: str, *, limit: int = 10) -> list[Match]:
        """The people meant by a name or an id, best first; never an error, whatever was typed."""
        from bot.names.search import search  # noqa: PLC0415 (loads numpy and rapidfuzz)

        return [Match(*found) for found in search(self._people, query, max(limit, 0))]
