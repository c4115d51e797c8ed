"""Correcting where no bot is running: this process takes the sender's lease, and sends nothing but corrections."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.app.telegram import open_telegram
from bot.chats.belonging import check_bot
from bot.errors import VigilError
from bot.outbox.carrier import Line
from bot.outbox.correcting import Corrector
from bot.outbox.correcting_rows import count_waiting
from bot.outbox.lease import RENEW_EVERY_S, SenderLease
from bot.outbox.place import Place
from bot.outbox.single import AlreadyRunningError, SingleRun
from bot.outbox.waits import Floods
from bot.settings import Settings

LOOK_S: Final = 0.25
_FINISH_S = 5.0


@dataclass(slots=True)
class Patience:
    """Over once nothing has moved for so long."""

    seconds: float
    elapsed: Callable[[], float]
    _left: int = -1
    _moved_at: float = 0.0

    def is_over(self, left: int) -> bool:
        """Whether the number of what is left has been this for too long."""
        if left != self._left:
            self._left, self._moved_at = left, self.elapsed()
        return self.elapsed() - self._moved_at >= self.seconds


@asynccontextmanager
async def sender_lease(place: Place) -> AsyncIterator[SenderLease | None]:
    """The sender's lease, kept until the end of the block; null where another process has it."""
    database = place.database
    async with AsyncExitStack() as stack:
        try:
            if database.path is not None:
                stack.enter_context(SingleRun(database.path))
        except AlreadyRunningError:
            yield None
            return
        lease = SenderLease(database, exclusive=database.is_sqlite)
        if not await lease.take():
            yield None
            return
        stack.push_async_callback(lease.release)
        await stack.enter_async_context(_meanwhile(_kept(lease)))
        yield lease


async def correct_alone(
    settings: Settings, place: Place, lease: SenderLease, patience: Patience, progress: Callable[[int], None]
) -> int:
    """Correct until nothing is left or nothing moves; how many messages are left.

    VigilError where the token is missing, refused or another bot's.
    """
    brake = _Brake()
    async with _open_line(settings, place) as line:
        corrector = Corrector(place, [line], lease, {line.transport.name: brake})
        left = await count_waiting(place.database)
        async with _meanwhile(corrector.run(), end=corrector.stop):
            while left and brake.why_not is None and lease.is_valid and not patience.is_over(left):
                await asyncio.sleep(LOOK_S)
                left = await count_waiting(place.database)
                progress(left)
    if brake.why_not is not None:
        raise VigilError(
            "VIGIL_TELEGRAM_TOKEN: Telegram refuses this token; expected the one that BotFather shows. "
            f"{left} messages are still to be corrected: run vigil correct again"
        )
    return left


@asynccontextmanager
async def _open_line(settings: Settings, place: Place) -> AsyncIterator[Line]:
    telegram = open_telegram(settings)
    if telegram is None:
        raise VigilError(
            "VIGIL_TELEGRAM_TOKEN is not set, and no bot is running that could edit in our stead; set it and run vigil "
            "correct again: what is to be corrected has been written down"
        )
    await check_bot(place.database, place.seal, telegram.bot)
    await telegram.wire.start()
    try:
        await Floods(place.database, telegram.transport.name, telegram.limiter).recall(place.seal, place.clock())
        yield Line(telegram.transport, telegram.limiter)
    finally:
        await telegram.wire.stop()


class _Brake:
    """Stops for good: the next command begins anew."""

    def __init__(self) -> None:
        self.why_not: str | None = None

    def halt(self, reason: str) -> None:
        self.why_not = reason


@asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None], end: Callable[[], None] | None = None) -> AsyncIterator[None]:
    """Do this as long as the block lasts; with `end`, what is in hand is finished first."""
    task = asyncio.create_task(work)
    try:
        yield
        if end is not None:
            end()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(task), _FINISH_S)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _kept(lease: SenderLease) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY_S)
        if not await lease.renew():
            return
