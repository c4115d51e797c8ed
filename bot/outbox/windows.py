"""How many requests in any stretch of time: the arithmetic of the limiter.

Pure: times are seconds of one monotonic clock, passed in.
"""

import heapq
import math
from dataclasses import dataclass
from typing import Self

# Clocks and networks are not exact: every window is this much longer than the other side's.
_SLACK_S = 0.005


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second in all and to one private chat; a minute to one group or channel.

    `free_per_s` is set where broadcasts are paid for: answers to people are not, and have this limit to themselves.
    """

    all_per_s: float = 30
    private_per_s: float = 1
    group_per_minute: float = 20
    free_per_s: float | None = None


class Window:
    """At most `count` requests in any `seconds`, as the other side sees them.

    A request under way counts until its answer tells by when it had arrived, and from then on for
    the length of the window.
    """

    __slots__ = ("_count", "_releases", "_seconds", "_under_way")

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds + _SLACK_S
        self._under_way = 0
        self._releases: list[float] = []

    @classmethod
    def of_rate(cls, number: float, per_s: float = 1.0) -> Self:
        """The window for `number` requests in `per_s` seconds; below one, one in as long as it takes."""
        count = max(1, math.floor(number))
        return cls(count, per_s * count / number)

    @property
    def spacing_s(self) -> float:
        """The even distance between requests that just fills the window."""
        return self._seconds / self._count

    def free_at(self, now: float) -> float:
        """When the next request may be written; infinity if only an answer can tell."""
        releases = self._releases
        while releases and releases[0] <= now:
            heapq.heappop(releases)
        excess = self._under_way + len(releases) - self._count
        if excess < 0:
            return now
        if excess >= len(releases):
            return math.inf
        return releases[0] if excess == 0 else heapq.nsmallest(excess + 1, releases)[-1]

    def begin(self) -> None:
        """Count a request that is about to be written."""
        self._under_way += 1

    def end(self, arrived_by: float | None) -> None:
        """Its answer is here: it had arrived by then; null if it was never written."""
        self._under_way -= 1
        if arrived_by is not None:
            heapq.heappush(self._releases, arrived_by + self._seconds)

    def is_idle(self, now: float) -> bool:
        """Whether nothing of it need be remembered."""
        return self.free_at(now) <= now and not self._under_way and not self._releases


class RoundTrip:
    """The shortest time between writing a request and its answer, of late.

    An answer bounds from above when its request arrived. By most of the shortest round trip that bound
    can be tightened: the answer was on its way back for some of it, and the request that takes the slot
    next will be on its way there for the rest. Without it, 30 a second at 50 ms would come out as 28.
    The first requests still connect, and are not judged by. It is the shortest of this block of answers and the
    one before: a way that has become longer is believed only after as many, since to believe it too soon would let
    the next request be early.
    """

    _BLOCK = 512
    _TRUSTED = 0.95
    _LEARNS = 64

    def __init__(self) -> None:
        self._before_s = self._now_s = math.inf
        self._seen = 0

    def arrived_by(self, written_at: float, answered_at: float) -> float:
        """The latest moment at which a request had arrived that was written and answered then."""
        if self._seen % self._BLOCK == 0:
            self._before_s, self._now_s = self._now_s, math.inf
        self._now_s = min(answered_at - written_at, self._now_s)
        self._seen += 1
        shortest_s = min(self._before_s, self._now_s)
        return answered_at if self._seen <= self._LEARNS else answered_at - self._TRUSTED * shortest_s
