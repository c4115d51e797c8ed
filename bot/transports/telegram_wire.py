"""The connection to the Bot API: python-telegram-bot's methods, our HTTP client, our errors."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from telegram import Bot

from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_api import OFFICIAL_API
from bot.transports.telegram_errors import sorted_error
from bot.transports.telegram_request import AiohttpRequest, Timeouts

# In flight stays far below the thousand at which Telegram answers 429.
CONNECTIONS: Final = 100
# Long, since an answer that is only late need not become an uncertain send.
SENDING: Final = Timeouts(connect_s=10, read_s=30, write_s=20, upload_s=30, pool_s=10)
POLLING: Final = Timeouts(connect_s=10, read_s=10, write_s=10, pool_s=10)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is: its id, and its user name without @."""

    id: int
    username: str


class _QuietBot(Bot):
    """A Bot whose repr does not show its token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<the bot>"


class Wire:
    """Open from `start` to `stop`, or as an async context; one for all that speak to Telegram.

    Updates are polled on a connection of their own, so that sending never keeps them waiting.
    """

    def __init__(
        self, token: str, *, api: str = OFFICIAL_API, proxy: str | None = None, connections: int = CONNECTIONS
    ) -> None:
        # At DEBUG the library logs addresses with the token, chat ids and texts.
        logging.getLogger("telegram").setLevel(logging.INFO)
        self._requests = (
            AiohttpRequest(connections=2, timeouts=POLLING, proxy=proxy),
            AiohttpRequest(connections=connections, timeouts=SENDING, proxy=proxy),
        )
        self.bot: Bot = _QuietBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._identity: Identity | None = None

    async def start(self) -> None:
        """Open the connections; nothing is asked of Telegram yet."""
        for request in self._requests:
            await request.initialize()

    async def stop(self) -> None:
        """Close the connections, and with them whatever is in flight."""
        for request in self._requests:
            await request.shutdown()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def ask(self, request: Awaitable[T]) -> T:
        """The result of a method of `bot`; every failure becomes a TransportError."""
        try:
            return await request
        except Exception as exc:
            error = sorted_error(exc)
        # Out here, so that it carries no context: what Telegram answered may quote a message.
        raise error

    async def identity(self) -> Identity:
        """Who the bot is, asked once. A failure is never uncertain: nothing was sent."""
        if self._identity is None:
            try:
                me = await self.ask(self.bot.get_me())
            except TransportError as exc:
                raise _harmless(exc) from None
            self._identity = Identity(me.id, me.username or "")
        return self._identity


def _harmless(exc: TransportError) -> TransportError:
    if exc.fate is Fate.STOP:
        return exc
    return TransportError(Fate.PASSING, exc.reason, retry_after_s=exc.retry_after_s)
