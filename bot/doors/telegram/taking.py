"""Updates that a webhook brings: each is handled once, and taken off Telegram's hands when that is done.

Telegram brings again what was not taken, for a day, and until then nothing further of that chat. So
what the database could not take is brought again, and a defect is not.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

import structlog

from bot.database_errors import DatabaseError
from bot.doors.telegram.intake import Handling
from bot.doors.telegram.known import Known
from bot.outbox.transport import TransportError

# As many as Telegram sends at once at most; more come from somebody else.
MOST_AT_ONCE: Final = 100
# A reply that waits longer for its turn keeps the chat's next command waiting no more.
_SAYING_S: Final = 2.0
# Telegram and proxies give up after a minute; one that is brought again then waits for the same handling.
_PATIENCE_S: Final = 30.0
_CLOSING_S: Final = 2.5

_log = structlog.get_logger(__name__)

Accept = Callable[[dict[str, Any]], Awaitable[Handling | None]]


class Taking:
    """Takes updates until `close`. `accept` begins to handle one."""

    def __init__(self, accept: Accept, *, saying_s: float = _SAYING_S) -> None:
        self._accept = accept
        self._saying_s = saying_s
        self._under_way: dict[int, asyncio.Task[bool]] = {}
        self._unsaid: set[asyncio.Task[None]] = set()
        self._handled = Known()
        self._closing = False

    async def take(self, update: dict[str, Any]) -> bool:
        """Handle an update; True once it need not be brought again: it is obeyed, and said unless that takes long."""
        update_id = update["update_id"]
        if update_id in self._handled:
            return True
        if update_id not in self._under_way:
            if self._closing or len(self._under_way) >= MOST_AT_ONCE:
                return False
            self._begin(update_id, update)
        handling = self._under_way[update_id]
        await asyncio.wait({handling}, timeout=_PATIENCE_S)
        return handling.done() and not handling.cancelled() and handling.result()

    async def close(self) -> None:
        """Take nothing more; what is under way has a moment to end, and what does not end is brought again."""
        self._closing = True
        open_ = {*self._under_way.values(), *self._unsaid}
        if not open_:
            return
        _, late = await asyncio.wait(open_, timeout=_CLOSING_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, update_id: int, update: dict[str, Any]) -> None:
        handling = self._under_way[update_id] = asyncio.create_task(self._handle(update))
        handling.add_done_callback(partial(self._ended, update_id))

    def _ended(self, update_id: int, handling: asyncio.Task[bool]) -> None:
        del self._under_way[update_id]
        if not handling.cancelled() and handling.exception() is None and handling.result():
            self._handled.add(update_id)

    async def _handle(self, update: dict[str, Any]) -> bool:
        try:
            handling = await self._accept(update)
        except TransportError as exc:
            _log.warning("an update cannot be taken yet", reason=exc.reason)
            return False
        if handling is None:
            return True
        self._unsaid.add(handling.done)
        handling.done.add_done_callback(self._unsaid.discard)
        await asyncio.wait({handling.done}, timeout=self._saying_s)
        await asyncio.wait({handling.obeyed})
        if self._closing:
            # Nobody will be here to say it later: said now, or brought again.
            await asyncio.wait({handling.done})
        return _is_settled(handling.obeyed)


def _is_settled(obeyed: asyncio.Task[Any]) -> bool:
    """Whether trying again would change nothing: it is done, or a defect keeps it from being done."""
    return not obeyed.cancelled() and not isinstance(obeyed.exception(), DatabaseError)
