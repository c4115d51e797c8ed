"""One lane a chat: what a chat asks is done in its order, and no chat waits for another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Lanes:
    """Runs jobs, one at a time for each key, in the order in which they came."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Task[Any]] = {}

    def add(self, key: str, job: Callable[[], Awaitable[T]]) -> asyncio.Task[T]:
        """Run the job after those before it in its lane, however they ended."""
        task = asyncio.create_task(_after(self._last.get(key), job))
        self._last[key] = task
        task.add_done_callback(lambda done: self._leave(key, done))
        return task

    def _leave(self, key: str, task: asyncio.Task[Any]) -> None:
        if self._last.get(key) is task:
            del self._last[key]


async def _after(before: asyncio.Task[Any] | None, job: Callable[[], Awaitable[T]]) -> T:
    if before is not None:
        await asyncio.wait([before])
    return await job()
