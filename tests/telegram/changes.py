"""Waiting for something to happen, from a thread or from an event loop, without sleeping."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """One lock over the server's state, and the news that it changed."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.count = 0
        self._condition = threading.Condition(self.lock)
        self._listeners: dict[asyncio.Event, tuple[asyncio.AbstractEventLoop, int]] = {}

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the lock, then tell everyone who waits."""
        with self.lock:
            yield
            self.notify()

    def notify(self) -> None:
        """Wake everyone who waits, so that they look again."""
        with self.lock:
            self.count += 1
            self._condition.notify_all()
            for event, (loop, thread) in self._listeners.items():
                wake(event, loop, thread)

    def wait(self, predicate: Callable[[], T], timeout_s: float) -> T:
        """Block until `predicate` holds and return what it returned; TimeoutError otherwise."""
        with self.lock:
            result = self._condition.wait_for(predicate, timeout_s)
        if not result:
            raise TimeoutError(f"not so within {timeout_s} s")
        return result

    def wait_change(self, count: int, timeout_s: float) -> int:
        """Block until `count` is out of date, or for so long; return the count."""
        with self.lock:
            self._condition.wait_for(lambda: self.count != count, timeout_s)
            return self.count

    async def wait_async(self, predicate: Callable[[], T], timeout_s: float) -> T:
        """Wait until `predicate` holds and return what it returned; TimeoutError otherwise."""
        event = asyncio.Event()
        deadline = time.monotonic() + timeout_s
        with self.lock:
            self._listeners[event] = (asyncio.get_running_loop(), threading.get_ident())
        try:
            while True:
                event.clear()
                with self.lock:
                    result = predicate()
                if result:
                    return result
                await asyncio.wait_for(event.wait(), max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            raise TimeoutError(f"not so within {timeout_s} s") from None
        finally:
            with self.lock:
                del self._listeners[event]


def wake(event: asyncio.Event, loop: asyncio.AbstractEventLoop, thread: int) -> None:
    """Set `event` of `loop`, which runs in `thread`, from whichever thread this is."""
    if threading.get_ident() == thread:
        event.set()
    elif not loop.is_closed():
        loop.call_soon_threadsafe(event.set)
