"""How much is done for one chat beyond what it is answered: a burst, and then little by little. Pure."""

from datetime import datetime, timedelta
from typing import Final

BURST: Final = 20
_EACH: Final = timedelta(seconds=0.5)
_FORGET_ABOVE: Final = 1000


class Allowance:
    """Counts what each key takes, in memory alone."""

    def __init__(self) -> None:
        self._whole_at: dict[str, datetime] = {}

    def take(self, key: str, now: datetime) -> bool:
        """Whether there is one more for this key."""
        if len(self._whole_at) > _FORGET_ABOVE:
            self._whole_at = {other: at for other, at in self._whole_at.items() if at > now}
        whole_at = max(self._whole_at.get(key, now), now) + _EACH
        if whole_at - now > BURST * _EACH:
            return False
        self._whole_at[key] = whole_at
        return True
