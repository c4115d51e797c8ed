"""The connection to the Bot API: python-telegram-bot's methods, our HTTP client, our errors."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar, cast

from telegram import Bot
from telegram.request import RequestData

from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_errors import sorted_error
from bot.transports.telegram_form import Form
from bot.transports.telegram_request import AiohttpRequest, Timeouts

# In flight stays far below the thousand at which Telegram answers 429, and above what the outbox
# has in flight, so that an answer to a person finds a connection.
CONNECTIONS: Final = 160
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

    def __init__(self, token: str, api: str, *, proxy: str | None = None, connections: int = CONNECTIONS) -> None:
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
        # How often Telegram has answered 429, to whatever was asked.
        self.floods = 0
        self._identity: Identity | None = None
        self._introduction = asyncio.Lock()

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
        if error.retry_after_s is not None:
            self.floods += 1
        # Out here, so that it carries no context: what Telegram answered may quote a message.
        raise error

    async def ask_twice(self, request: Awaitable[T]) -> T:
        """The same for what may be asked twice: nothing is in doubt then, it is only not done yet."""
        try:
            return await self.ask(request)
        except TransportError as exc:
            if exc.fate not in {Fate.UNCERTAIN, Fate.LOOK_FIRST}:
                raise
            error = TransportError(Fate.PASSING, exc.reason)
        raise error

    async def say(self, method: str, form: Form) -> dict[str, Any]:
        """Send a message by a form that stands ready; what Telegram tells of the message, as it writes it.

        Raw, since of all that the library would read of each message only the id is wanted: building its
        parameters and its objects costs more than the whole rest of a broadcast.
        """
        # Our own HTTP client takes the form; what lies between hands it on as it is.
        data = cast(RequestData, form)
        message = await self.ask(self._requests[1].post(f"{self.bot.base_url}/{method}", data))
        if not isinstance(message, dict) or not isinstance(message.get("message_id"), int):
            raise TransportError(Fate.UNCERTAIN, "odd_answer")
        return message

    async def updates(self, offset: int, *, wait_s: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """Updates from `offset` on, as Telegram writes them; those before are confirmed by asking.

        Raw, since the library reads a batch as a whole: one it cannot read would hide the others.
        """
        asked = {"offset": offset, "timeout": wait_s, "allowed_updates": kinds}
        read_timeout = (POLLING.read_s or 0) + wait_s
        found = await self.ask_twice(self.bot._post("getUpdates", asked, read_timeout=read_timeout))
        if not isinstance(found, list):
            raise TransportError(Fate.PASSING, "odd_answer")
        return [update for update in found if isinstance(update, dict)]

    async def identity(self) -> Identity:
        """Who the bot is, asked once."""
        async with self._introduction:
            if self._identity is None:
                me = await self.ask_twice(self.bot.get_me())
                self._identity = Identity(me.id, me.username or "")
        return self._identity
