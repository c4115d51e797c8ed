"""What the commands ask of look-up by name: given to them, so that they know no way of finding.

Pure. `names` has the real one.
"""

from collections.abc import Sequence
from typing import Literal, Protocol


class Match(Protocol):
    """A person found: `score` from 0 to 100; `sure` means that nobody else can be meant."""

    @property
    def person_id(self) -> str:
        """Id of the person in the calendar."""

    @property
    def name(self) -> str:
        """The spelling that was found."""

    @property
    def score(self) -> float:
        """How like it is, from 0 to 100."""

    @property
    def match(self) -> Literal["sure", "near", "maybe"]:
        """How far it can be trusted."""


class Finder(Protocol):
    """Finds people by any spelling of their names."""

    def find(self, query: str, *, limit: int = 10) -> Sequence[Match]:
        """The people meant by a name, best first."""
