"""A bound on how often something may be done: a bucket that fills at a steady rate."""

from collections.abc import Callable


class Bucket:
    """Holds `burst` tokens and gains `rate_s` a second by `clock`; each deed takes one."""

    def __init__(self, burst: int, rate_s: float, clock: Callable[[], float]) -> None:
        self._burst = burst
        self._rate_s = rate_s
        self._clock = clock
        self._tokens = float(burst)
        self._filled_at = clock()

    def take(self) -> bool:
        """Take a token; false where none is left."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._filled_at) * self._rate_s)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
