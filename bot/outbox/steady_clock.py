"""The time of day as the outbox takes it: it goes on evenly, whatever the wall clock is set to.

Between ticks the monotonic clock carries it; each tick compares it with the wall clock. A wall
clock set back or forward by days must neither miss nor repeat a day's posts.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import VigilError

# What clocks are corrected by while running; more is a wrong clock, now or before.
TOLERATED = timedelta(minutes=5)


class ClockError(VigilError):
    """The wall clock contradicts the monotonic clock, or what was planned before."""


class SteadyClock:
    """Aware UTC that only moves as fast as time passes. `elapsed` counts seconds and is never set back."""

    def __init__(self, wall: Callable[[], datetime], elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._since = elapsed()
        self._base = wall()

    def __call__(self) -> datetime:
        """The time now."""
        return self._base + timedelta(seconds=self._elapsed() - self._since)

    def follow(self, now: datetime) -> None:
        """Take over small corrections of the wall clock; ClockError where it was set by more."""
        ours = self()
        if abs(now - ours) > TOLERATED:
            raise ClockError(
                f"the clock was set from about {ours:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC while running: "
                "nothing is sent until it is right again; if it is right now, end vigil run and start it anew"
            )
        self._base, self._since = now, self._elapsed()


def check_start(now: datetime, *at_work: datetime | None) -> None:
    """ClockError if the clock stands before a moment at which Vigil was at work already; null where it never was."""
    latest = max((moment for moment in at_work if moment is not None), default=None)
    if latest is not None and now < latest - TOLERATED:
        raise ClockError(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, expected at least {latest:%Y-%m-%d %H:%M}, when Vigil was last "
            "at work: set the clock and start again; if it is right now and was wrong then, start with --trust-clock"
        )
