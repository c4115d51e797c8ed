"""Which updates were taken already: Telegram brings one again where it did not hear that we have it."""

from collections import OrderedDict
from typing import Final

_REMEMBERED: Final = 1000


class Known:
    """The ids of the updates taken last, in memory alone."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._ids

    def add(self, update_id: int) -> None:
        """Remember an update; the oldest makes room."""
        self._ids[update_id] = None
        while len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
