"""The server's clock, which tests can move without waiting."""

import time
from datetime import datetime


class Clock:
    """Wall time and elapsed time as the server sees them; both run on by themselves."""

    def __init__(self) -> None:
        self._wall_offset_s = 0.0
        self._elapsed_offset_s = 0.0

    def now(self) -> float:
        """Return the wall time as seconds since 1970."""
        return time.time() + self._wall_offset_s

    def today(self) -> int:
        """Return the wall time in whole seconds, as dates of messages have it."""
        return int(self.now())

    def elapsed(self) -> float:
        """Return seconds that only grow: what limits are measured by."""
        return time.monotonic() + self._elapsed_offset_s

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass, for messages' ages, for updates' expiry and for limits."""
        self._wall_offset_s += seconds
        self._elapsed_offset_s += seconds

    def set(self, at: datetime) -> None:
        """Set the wall time; limits do not notice."""
        self._wall_offset_s = at.timestamp() - time.time()
