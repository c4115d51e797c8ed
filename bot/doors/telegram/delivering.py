"""Replies on their way to a chat: in turn, and mended where Telegram refuses them.

A reply is no delivery: nothing is remembered of it, and one in doubt is not sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final, TypeVar

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, Limits, Mend, Parcel, Sent, Transport, TransportError
from bot.posts.cuts import plain, shorter, without_buttons
from bot.posts.post import Post, length_utf16
from bot.transports.pacing import Pacer

_ATTEMPTS: Final = 4
# Who waits longer for an answer has asked again.
_LONGEST_WAIT_S: Final = 30.0

T = TypeVar("T")


class Delivering:
    """Sends posts, each with an urgent turn of the limiter; `back_off_s` lies between attempts.

    `flooded` is told of every 429: the chat and for how long it is held in the limiter.
    """

    def __init__(
        self,
        transport: Transport,
        pacer: Pacer,
        flooded: Callable[[Address, float], Awaitable[None]],
        *,
        back_off_s: float = 1.0,
    ) -> None:
        self._transport = transport
        self._pacer = pacer
        self._flooded = flooded
        self._back_off_s = back_off_s

    async def send(self, address: Address, post: Post) -> tuple[Address, Sent]:
        """Send one post; the address is another than given where the chat has moved.

        TransportError where it cannot be sent, or may have been.
        """
        post = fitting(post, self._transport.limits)
        for _ in range(_ATTEMPTS - 1):
            try:
                return address, await self._send(address, post)
            except TransportError as exc:
                address, post = await self._again(address, post, exc)
        return address, await self._send(address, post)

    async def replace(self, address: Address, message_id: int, post: Post) -> bool:
        """Put the post in a message's place; false where that message can no longer be changed."""
        post = fitting(post, self._transport.limits)
        for _ in range(_ATTEMPTS - 1):
            try:
                await self._held(address, self._transport.edit(address, message_id, post))
            except TransportError as exc:
                if exc.fate is Fate.POST_BAD:
                    return False
                if not 0 <= (exc.retry_after_s or -1) <= _LONGEST_WAIT_S:
                    raise
                async with self._pacer.take(address, urgent=True):
                    pass  # the hold is over: editing takes no turn of its own
            else:
                return True
        return False

    async def _send(self, address: Address, post: Post) -> Sent:
        async with self._pacer.take(address, urgent=True) as turn:
            turn.written()
            return await self._held(address, self._transport.send(address, Parcel(post, free=True)))

    async def _held(self, address: Address, request: Awaitable[T]) -> T:
        """The request's result; a 429 holds the chat for everything that is sent there."""
        try:
            return await request
        except TransportError as exc:
            if exc.retry_after_s is not None:
                self._pacer.hold(address, exc.retry_after_s)
                await self._flooded(address, exc.retry_after_s)
            raise

    async def _again(self, address: Address, post: Post, exc: TransportError) -> tuple[Address, Post]:
        """Where and what to try next, after a wait if need be; raises where trying again is no use, or no right."""
        match exc.fate:
            case Fate.POST_BAD if exc.mend is not None:
                return address, mended(post, exc.mend, self._transport.limits)
            case Fate.MIGRATED if exc.migrate_to is not None:
                return replace(address, chat=exc.migrate_to, kind=ChatKind.SUPERGROUP), post
            case Fate.PASSING | Fate.LOOK_FIRST if (exc.retry_after_s or 0) <= _LONGEST_WAIT_S:
                if exc.retry_after_s is None:
                    await asyncio.sleep(self._back_off_s)
                return address, post
            case _:
                raise exc


def fitting(post: Post, limits: Limits) -> Post:
    """The post, cut if it is longer than a message."""
    return post if length_utf16(post.text) <= limits.text_chars else shorter(post, limits.text_chars)


def mended(post: Post, mend: Mend, limits: Limits) -> Post:
    """The post with what was refused changed. Pure."""
    match mend:
        case Mend.PLAIN_TEXT:
            return plain(post)
        case Mend.NO_BUTTONS:
            return without_buttons(post)
        case Mend.NO_PICTURE:
            return replace(post, picture=None)
        case Mend.SHORTER:
            # Refused although it fits as we count: a tenth goes.
            return shorter(post, min(limits.text_chars, length_utf16(post.text) * 9 // 10))
