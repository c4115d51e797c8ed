"""The webhook at Telegram's side: set, watched, and taken away again.

The process that sends does this for all; every process takes what Telegram brings.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

import structlog
from telegram.error import BadRequest

from bot.doors.public.webhook import Hook
from bot.doors.telegram.patience import Patience
from bot.doors.telegram.updates import KINDS
from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_wire import Wire

# How many updates Telegram brings at once: its default, and less than one process takes.
_AT_ONCE: Final = 40
_LOOK_EVERY_S: Final = 60.0

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WebhookStatus:
    """How Telegram fares with the webhook: `url` empty where none is set, `error` its last failure in its words."""

    url: str
    waiting: int
    error: str | None = None
    error_at: datetime | None = None


async def webhook_status(wire: Wire) -> WebhookStatus:
    """What Telegram says of the webhook; TransportError where it cannot be asked."""
    info = await wire.ask_twice(wire.bot.get_webhook_info())
    return WebhookStatus(info.url, info.pending_update_count, info.last_error_message, info.last_error_date)


async def end_webhook(wire: Wire) -> None:
    """Take away the webhook of an earlier set-up, if there is one: beside it nothing can be polled.

    Updates that wait are kept. A failure is left to the next attempt: each poll is refused until it succeeds.
    """
    with suppress(TransportError):
        if (await webhook_status(wire)).url:
            await wire.ask_twice(wire.bot.delete_webhook(drop_pending_updates=False))
            _log.info("the webhook of an earlier set-up was removed: updates are polled")


class WebhookKeeper:
    """Sets the webhook, and sees to it until `stop` that it stays set and that Telegram's troubles are told."""

    def __init__(self, wire: Wire, hook: Hook, *, back_off_s: float = 1.0, look_every_s: float = _LOOK_EVERY_S) -> None:
        self._wire = wire
        self._hook = hook
        self._patience = Patience(back_off_s)
        self._look_every_s = look_every_s
        self._is_set = False
        self._told_at: datetime | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Keep the webhook until `stop`, which leaves it: TransportError with STOP where the token is refused."""
        while not self._stopping.is_set():
            delay_s = self._look_every_s
            try:
                if self._is_set:
                    await self._look()
                if not self._is_set:
                    await self._set()
                self._patience.well()
            except TransportError as exc:
                delay_s = self._patience.delay_s(exc)
                if exc.fate is Fate.STOP:
                    raise
            await self._pause(delay_s)

    def stop(self) -> None:
        """End; Telegram goes on bringing updates to whoever listens there."""
        self._stopping.set()

    async def _set(self) -> None:
        hook = self._hook
        setting = self._wire.bot.set_webhook(
            hook.url,
            allowed_updates=KINDS,
            max_connections=_AT_ONCE,
            secret_token=hook.secret,
            drop_pending_updates=False,
        )
        await self._wire.ask_twice(_in_its_words(setting))
        self._is_set = True

    async def _look(self) -> None:
        """Tell, once, what Telegram could not bring; notice where the webhook is not ours any more."""
        status = await webhook_status(self._wire)
        if status.url != self._hook.url:
            _log.warning("another program took this bot's webhook away: it is set again")
            self._is_set = False
        elif status.error is not None and status.error_at != self._told_at:
            self._told_at = status.error_at
            _log.warning("Telegram could not bring updates to the webhook", error=status.error, waiting=status.waiting)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


async def _in_its_words(request: Awaitable[T]) -> T:
    """The result; a refusal keeps Telegram's words, which are about our address and nobody else's."""
    try:
        return await request
    except BadRequest as exc:
        error = TransportError(Fate.POST_BAD, exc.message)
    raise error
