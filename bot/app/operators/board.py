"""What waits to be told to the operators, joined by what it is about, so that each thing is told once.

Pure: times are seconds of one monotonic clock, passed in.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.outbox.notices import Corrected, Doubted, LeftUncertain, Mended, Missed, Notice, Paused, Stopped, Trouble

# Whatever comes within so long after a message is told together in the next one.
APART_S = 60.0
# What happens again and again is told again after so long.
AGAIN_S = 3600.0

_Key = tuple[object, ...]


@dataclass(slots=True)
class Board:
    """Notices between two messages."""

    _waiting: dict[_Key, Notice] = field(default_factory=dict)
    _told_at: dict[_Key, float] = field(default_factory=dict)
    _last_at: float = -math.inf

    def add(self, notice: Notice, now_s: float) -> None:
        """Have it told, together with what waits; not if the very same was told of late."""
        key = _key(notice)
        if isinstance(notice, (Doubted, Mended, Trouble)) and now_s - self._told_at.get(key, -math.inf) < AGAIN_S:
            return
        before = self._waiting.get(key)
        self._waiting[key] = notice if before is None else _joined(before, notice)

    def missed(self) -> Mapping[date, int]:
        """Of what waits, how many deliveries were missed, by day."""
        return {
            day: n
            for notice in self._waiting.values()
            if isinstance(notice, Missed)
            for day, n in notice.by_day.items()
        }

    def opens_at(self) -> float:
        """From when on there is something to tell; infinity if there is nothing."""
        return self._last_at + APART_S if self._waiting else math.inf

    def take(self) -> list[Notice]:
        """Everything that waits, to be told now."""
        taken, self._waiting = list(self._waiting.values()), {}
        return taken

    def put_back(self, notices: Iterable[Notice]) -> None:
        """They could not be told: joined with what has come since."""
        later, self._waiting = self._waiting, {_key(notice): notice for notice in notices}
        for key, notice in later.items():
            before = self._waiting.get(key)
            self._waiting[key] = notice if before is None else _joined(before, notice)

    def told(self, notices: Iterable[Notice], now_s: float) -> None:
        """They have been told."""
        self._last_at = now_s
        self._told_at = {key: at for key, at in self._told_at.items() if now_s - at < AGAIN_S}
        self._told_at.update((_key(notice), now_s) for notice in notices)


def _key(notice: Notice) -> _Key:
    """What it is about: of two notices with one key, one is told."""
    match notice:
        case Mended(reason, records, given_up):
            return (Mended, reason, records, given_up)
        case Trouble(reason):
            return (Trouble, reason)
        case Doubted(transport, by_reason):
            return (Doubted, transport, *sorted(by_reason.items()))
        case Stopped(transport):
            return (Stopped, transport)
        case _:
            return (type(notice),)


def _joined(before: Notice, after: Notice) -> Notice:
    """Both as one: new cases are added up, and what stands now counts."""
    match before, after:
        case Missed(earlier), Missed(later):
            return Missed(dict(Counter(earlier) + Counter(later)))
        case Paused(earlier_reasons), Paused(later_reasons):
            return Paused(dict(Counter(earlier_reasons) + Counter(later_reasons)))
        case Corrected(edited, answered, unreached), Corrected(edited_too, answered_too, unreached_too):
            not_reached = Counter(unreached) + Counter(unreached_too)
            return Corrected(edited + edited_too, answered + answered_too, dict(not_reached))
        case LeftUncertain(new), LeftUncertain(newer, total):
            return LeftUncertain(new + newer, total)
        case _:
            return after
