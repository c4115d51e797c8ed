"""The operators' chat: what is told there gets buttons that only a press from there can order."""

import html
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.app.operators.actions import Offer, Told
from bot.chats.address import Address, ChatKind
from bot.database import Database
from bot.database_errors import DatabaseError
from bot.outbox.limiter import Limiter
from bot.outbox.orders import button_data, offer
from bot.outbox.transport import Parcel, Transport, TransportError
from bot.posts.cuts import shorter
from bot.posts.post import Button, Post, length_utf16

# Longer than the week that passes between a list of dates and the last of them.
_GOOD_FOR: Final = timedelta(days=9)
# What a button shows of a longer label is for the client to say.
_LABEL_CHARS: Final = 64

_log = structlog.get_logger(__name__)


class OperatorsChat:
    """A private chat, or a channel in which there is nobody else (`VIGIL_OPERATORS`)."""

    def __init__(self, address: Address, transport: Transport, limiter: Limiter, database: Database) -> None:
        self._address = address
        self._transport = transport
        self._limiter = limiter
        self._database = database

    def is_from_here(self, address: Address, user_id: int | None) -> bool:
        """Whether an operator pressed: in this channel, or in this private chat the person whose chat it is.

        By its number a group may look like a channel: there anybody may press, and nobody is an operator.
        """
        if (address.transport, address.chat) != (self._address.transport, self._address.chat):
            return False
        if address.kind is ChatKind.PRIVATE:
            return str(user_id) == address.chat
        return address.kind is ChatKind.CHANNEL

    @property
    def wait_s(self) -> float:
        """For how long nothing can be told: a 429, or the chat's own limit."""
        return max(self._limiter.wait_s(self._address), self._limiter.all_held_s)

    async def tell(self, make: Callable[[], Awaitable[Told | None]], now: datetime) -> None:
        """Send what `make` gives once it is this chat's turn, so that it says what is so then; None: nothing.

        TransportError where that fails; a 429 holds the chat.
        """
        async with self._limiter.take(self._address, urgent=True) as turn:
            told = await make()
            if told is None:
                return
            post = await self._post(told, now)
            turn.written()
            try:
                await self._transport.send(self._address, Parcel(post, free=True))
            except TransportError as exc:
                if exc.retry_after_s is not None:
                    self._limiter.hold(self._address, exc.retry_after_s)
                raise

    async def _post(self, told: Told, now: datetime) -> Post:
        post = Post(html.escape(told.text, quote=False), await self._buttons(told, now))
        limit = self._transport.limits.text_chars
        return shorter(post, limit) if length_utf16(post.text) > limit else post

    async def _buttons(self, told: Told, now: datetime) -> tuple[tuple[Button, ...], ...]:
        wanted = [(button.action, button.about) for row in told.offers for button in row]
        try:
            tokens = iter(await offer(self._database, wanted, now + _GOOD_FOR))
        except DatabaseError as exc:
            # What is wrong must be told all the same, and most of all where it is the database.
            _log.warning("the operators are told without buttons", reason=exc.reason)
            return ()
        return tuple(tuple(_button(button, next(tokens)) for button in row) for row in told.offers)


def _button(wanted: Offer, token: str) -> Button:
    return Button(wanted.label[:_LABEL_CHARS], command=button_data(token))
