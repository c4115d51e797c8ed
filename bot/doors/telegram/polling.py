"""Long polling: updates are fetched, handed on, and confirmed once they are handled.

Our own loop and not the library's: that one confirms what it has not handled yet, and stops at a
batch it cannot read.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, Final, TypeVar

import structlog

from bot.doors.telegram.intake import Handling
from bot.doors.telegram.known import Known
from bot.doors.telegram.patience import Patience
from bot.doors.telegram.updates import KINDS
from bot.doors.telegram.webhook import end_webhook
from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_refusals import WEBHOOK_SET
from bot.transports.telegram_wire import Wire

# The longest that Telegram allows.
_WAIT_S: Final = 50
# While something is still being answered, Telegram returns it at once; no need to ask in a rush.
_PAUSE_S: Final = 0.25
# The most that Telegram hands out at once (Bot API, getUpdates). Who gets so many has more waiting.
_FULL: Final = 100
_MOMENT_S: Final = 0.05
_CLOSING_S: Final = 2.5

T = TypeVar("T")
Update = dict[str, Any]

_log = structlog.get_logger(__name__)


class Polling:
    """Fetches updates until `stop`. `accept` begins to handle one; `is_ours` tells whether they are ours to take.

    An update is confirmed once it and all before it are handled. Telegram hands out at most a
    hundred unconfirmed ones, which bounds what is under way. While there are so many, one is
    confirmed once it is obeyed: else a few replies that wait for their turn would keep everybody
    behind them unheard. Where another process has come to poll, nothing is taken or confirmed any
    more: what was not confirmed is that one's.
    """

    def __init__(
        self,
        wire: Wire,
        accept: Callable[[Update], Awaitable[Handling | None]],
        is_ours: Callable[[], bool] = lambda: True,
        *,
        back_off_s: float = 1.0,
    ) -> None:
        self._wire = wire
        self._accept = accept
        self._is_ours = is_ours
        self._patience = Patience(back_off_s)
        self._under_way: dict[int, Handling] = {}
        self._is_crowded = False
        self._known = Known()
        self._next = 0
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until `stop` is called; TransportError with STOP where the token is refused."""
        # One left from an earlier set-up would have every poll refused.
        await self._unless_stopping(end_webhook(self._wire))
        while not self._stopping.is_set():
            try:
                updates = await self._unless_stopping(self._fetch())
            except TransportError as exc:
                await self._after(exc, self._patience.delay_s(exc))
                continue
            self._patience.well()
            if not self._is_ours():
                await self._unless_stopping(asyncio.sleep(_PAUSE_S))
                continue
            await self._take(updates or [])
            await self._let_work()
        await self._close()

    def stop(self) -> None:
        """End: what is under way has a moment to end too."""
        self._stopping.set()

    async def _fetch(self) -> list[Update]:
        await self._wire.identity()
        wait_s = 0 if self._under_way else _WAIT_S
        return await self._wire.updates(self._offset(), wait_s=wait_s, kinds=KINDS)

    def _offset(self) -> int:
        return min(self._obeying if self._is_crowded else self._under_way, default=self._next)

    @property
    def _obeying(self) -> dict[int, Handling]:
        """What is not obeyed yet; of the rest only the reply is still to be said."""
        return {number: handling for number, handling in self._under_way.items() if not handling.obeyed.done()}

    async def _take(self, updates: list[Update]) -> None:
        self._is_crowded = len(updates) >= _FULL
        if not updates:
            # All is confirmed. Ids begin anew after a quiet week (Bot API, Update): ask for whatever there is.
            self._next = 0
        for update in updates:
            update_id = update.get("update_id")
            if not isinstance(update_id, int):
                continue
            self._next = max(self._next, update_id + 1)
            if update_id in self._known:
                continue
            self._known.add(update_id)
            handling = await self._accept(update)
            if handling is not None:
                self._under_way[update_id] = handling
                handling.done.add_done_callback(partial(self._handled, update_id))

    def _handled(self, update_id: int, _: asyncio.Task[None]) -> None:
        del self._under_way[update_id]

    async def _let_work(self) -> None:
        if self._is_crowded:
            working, at_most_s = [handling.obeyed for handling in self._obeying.values()], _MOMENT_S
        else:
            working, at_most_s = [handling.done for handling in self._under_way.values()], _PAUSE_S
        if working:
            await self._unless_stopping(asyncio.wait(working, timeout=at_most_s))

    async def _after(self, exc: TransportError, delay_s: float) -> None:
        if exc.fate is Fate.STOP:
            raise exc
        if exc.reason == WEBHOOK_SET:
            await end_webhook(self._wire)
        await self._unless_stopping(asyncio.sleep(delay_s))

    async def _unless_stopping(self, job: Coroutine[Any, Any, T]) -> T | None:
        """The job's result; None where `stop` came first, which cancels it."""
        working = asyncio.ensure_future(job)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            working.cancel()
            stopping.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)

    async def _close(self) -> None:
        """Wait a moment for what is under way, and confirm what was handled, lest it be answered twice."""
        if self._under_way and self._is_ours():
            await asyncio.wait([handling.done for handling in self._under_way.values()], timeout=_CLOSING_S)
        offset = self._offset() if self._is_ours() else 0
        for handling in [*self._under_way.values()]:
            handling.done.cancel()
        if not offset:
            return
        try:
            async with asyncio.timeout(1.0):
                await self._wire.updates(offset, wait_s=0, kinds=KINDS)
        except (TransportError, TimeoutError):
            _log.info("what was handled last is not confirmed: it may be answered once more")
