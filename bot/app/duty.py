"""What one process alone may do at Telegram's door: it polls or keeps the webhook, and writes the profile.

That is the process that sends. The others stand by, and begin when they have taken over.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.outbox.outbox import Outbox

if TYPE_CHECKING:
    from bot.doors.telegram.door import TelegramDoor  # loads the library: only where a token is set

# How soon a standby notices that it has taken over, and a former sender that it has not got the lease any more.
_LOOK_S = 0.25

_log = structlog.get_logger(__name__)


class Duty:
    """Opens a door whenever this process is the sender; null where there is no Telegram.

    `took_over` is called when it has become so after standing by.
    """

    def __init__(
        self, outbox: Outbox, open_door: "Callable[[], TelegramDoor] | None", took_over: Callable[[], None]
    ) -> None:
        self._outbox = outbox
        self._open_door = open_door
        self._took_over = took_over
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """Begin; the task fails with TransportError and STOP where the token is refused."""
        self._task = asyncio.create_task(self._run())
        return self._task

    async def stop(self) -> None:
        """Close the door, with a few seconds for what is under way there."""
        self._stopping.set()
        if self._task is not None:
            # The token's refusal was told where it was awaited; here only the end matters.
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        stood_by = False
        while not self._stopping.is_set():
            if not self._outbox.is_sender:
                stood_by = True
                await self._pause()
                continue
            if stood_by:
                _log.info("this process sends from now on")
                self._took_over()
            await self._serve()
            if not self._stopping.is_set():
                _log.warning("this process does not send any more: it stands by")

    async def _serve(self) -> None:
        door = self._open_door() if self._open_door is not None else None
        opened = asyncio.create_task(door.run()) if door is not None else None
        try:
            while self._outbox.holds_lease and not self._stopping.is_set():
                if opened is not None and opened.done():
                    break
                await self._pause()
        finally:
            if door is not None and opened is not None:
                door.stop()
                await asyncio.wait({opened})
        if opened is not None:
            opened.result()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_S):
                await self._stopping.wait()
