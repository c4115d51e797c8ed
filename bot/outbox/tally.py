"""What happened since operators were last told, so that they are told together and once. Pure but for counting."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.outbox.notices import LeftUncertain, Missed, Notice, Paused


@dataclass(slots=True)
class Tally:
    """Counts between two reports."""

    sent: int = 0
    _missed: Counter[date] = field(default_factory=Counter)
    _paused: Counter[str] = field(default_factory=Counter)
    _left: int = 0

    def missed(self, by_day: Mapping[date, int]) -> None:
        """Deliveries whose day ended first."""
        self._missed.update(by_day)

    def paused(self, reason: str) -> None:
        """A chat was paused."""
        self._paused[reason] += 1

    def left(self) -> None:
        """A send's fate cannot be found out."""
        self._left += 1

    def notices(self, waiting: int) -> Iterator[Notice]:
        """What is to be told now; `waiting` is how many uncertain ones wait for a decision. Counting begins anew."""
        if self._missed:
            yield Missed(dict(sorted(self._missed.items())))
        if self._paused:
            yield Paused(dict(self._paused))
        if self._left:
            yield LeftUncertain(self._left, waiting)
        self._missed, self._paused, self._left = Counter(), Counter(), 0

    @property
    def has_left(self) -> bool:
        """Whether a new uncertain one is to be told of."""
        return self._left > 0
