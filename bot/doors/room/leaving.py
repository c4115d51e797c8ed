"""What is not to stay in the room: when it goes, and that it does.

In memory alone, as all of the room: a restart takes everything away with it.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Collection


class Leaving:
    """Takes entries of the conversation away at their time: `time_s` tells it, `sleep` waits so many seconds."""

    def __init__(
        self,
        time_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._time_s = time_s
        self._sleep = sleep
        self._due_s: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def later(self, keys: Collection[str], after_s: float, act: Callable[[], Awaitable[None]]) -> None:
        """Do this after so many seconds; entries with these keys are gone then. What goes earlier stays no longer."""
        due_s = self._time_s() + after_s
        for key in keys:
            self._due_s[key] = min(due_s, self._due_s.get(key, due_s))
        task = asyncio.create_task(self._at(due_s, keys, act))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def left_s(self, key: str) -> int | None:
        """Whole seconds, rounded up, until an entry goes; null for one that stays."""
        due_s = self._due_s.get(key)
        return None if due_s is None else max(0, math.ceil(due_s - self._time_s()))

    def forget(self) -> None:
        """Wait for nothing any more, and know of nothing that was to go."""
        self.close()
        self._due_s.clear()

    def close(self) -> None:
        """Wait for nothing any more."""
        for task in self._tasks:
            task.cancel()

    async def _at(self, due_s: float, keys: Collection[str], act: Callable[[], Awaitable[None]]) -> None:
        await self._sleep(due_s - self._time_s())
        await act()
        for key in keys:
            self._due_s.pop(key, None)
