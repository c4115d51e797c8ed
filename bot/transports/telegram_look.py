"""Looking whether an uncertain post stands in a channel: its messages are forwarded to the operators.

Telegram has no idempotency key and no way to read a channel. But message ids run by one there, so
the candidates are few, and a forwarded copy shows text, date and origin. Private chats and groups
are never looked into: members' words are nobody's business.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog
from telegram import Message, MessageOriginChannel

from bot.chats.address import Address, ChatKind
from bot.errors import VigilError
from bot.outbox.transport import Fate, TransportError
from bot.transports.pacing import Pacer
from bot.transports.telegram_places import chat_id
from bot.transports.telegram_refusals import MESSAGE_MISSING, NOT_FORWARDABLE
from bot.transports.telegram_wire import Wire

CANDIDATES: Final = 20
MISSING_IN_A_ROW: Final = 10
_ATTEMPTS: Final = 3
_SLOT_KEEPS_S: Final = 1.0
# Telegram dates a message by its own clock, in whole seconds.
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_IN_DOUBT: Final = frozenset({Fate.PASSING, Fate.LOOK_FIRST, Fate.UNCERTAIN})

_log = structlog.get_logger(__name__)


class Lookout:
    """Forwards candidates silently to the operators, a private chat or a channel, and deletes each copy.

    A copy takes a slot of the operators' chat, which has limits of its own; one look goes at a time.
    """

    def __init__(self, wire: Wire, operators: Address | None, pacer: Pacer) -> None:
        self._wire = wire
        self._operators = operators
        self._pacer = pacer
        self._turn = asyncio.Lock()
        self._slot_since: float | None = None

    async def find(self, address: Address, after_id: int, text: str, since: datetime) -> int | None:
        """The id of our post with this text after `after_id`, or None if it surely does not stand there.

        Ten missing ids in a row end the search. TransportError with UNCERTAIN where nothing can be
        said, with PASSING where it can be tried again.
        """
        copies_to = self._checked(address)
        wanted, missing, seen, candidate = _words(text), 0, 0, after_id
        async with self._turn:
            while missing < MISSING_IN_A_ROW:
                if seen == CANDIDATES:
                    raise TransportError(Fate.UNCERTAIN, "look_too_many_posts")
                candidate += 1
                try:
                    copy = await self._copied(address, candidate, copies_to)
                except _NoMessageError:
                    missing += 1
                    continue
                missing, seen = 0, seen + 1
                if copy and _words(copy.text or copy.caption or "") == wanted and _is_of(copy, address, since):
                    return candidate
        return None

    def _checked(self, address: Address) -> Address:
        if address.kind is not ChatKind.CHANNEL:
            raise TransportError(Fate.UNCERTAIN, "look_not_a_channel")
        if self._operators is None or self._operators.kind not in {ChatKind.PRIVATE, ChatKind.CHANNEL}:
            raise TransportError(Fate.UNCERTAIN, "look_no_operators")
        return self._operators

    async def _copied(self, address: Address, candidate: int, copies_to: Address) -> Message | None:
        """The copy of a message, taken away again; None for one that has none (a service message)."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._forwarded(address, candidate, copies_to)
            except TransportError as exc:
                if exc.reason == MESSAGE_MISSING:
                    raise _NoMessageError from None
                if exc.reason == NOT_FORWARDABLE:
                    await self._check_unprotected(address)
                    return None
                if attempt == _ATTEMPTS or exc.fate not in _IN_DOUBT or exc.retry_after_s is not None:
                    raise _of_looking(exc) from None
        raise AssertionError("the last attempt returns or raises")

    async def _forwarded(self, address: Address, candidate: int, copies_to: Address) -> Message:
        await self._take_slot(copies_to)
        bot, target = self._wire.bot, chat_id(copies_to.chat)
        copy = await self._wire.ask(
            bot.forward_message(target, chat_id(address.chat), candidate, disable_notification=True)
        )
        self._slot_since = None
        try:
            await self._wire.ask(bot.delete_message(target, copy.message_id))
        except TransportError as exc:
            _log.warning("a looked-at copy stays with the operators", reason=exc.reason)
        return copy

    async def _take_slot(self, copies_to: Address) -> None:
        """Have a slot in hand; one that made no copy serves again, since Telegram counts messages."""
        now = asyncio.get_running_loop().time()
        if self._slot_since is None or now - self._slot_since > _SLOT_KEEPS_S:
            await self._pacer.slot(copies_to, urgent=False)
            self._slot_since = asyncio.get_running_loop().time()

    async def _check_unprotected(self, address: Address) -> None:
        """Raise if nothing at all can be forwarded from there: then ours could not be either."""
        try:
            chat = await self._wire.ask(self._wire.bot.get_chat(chat_id(address.chat)))
        except TransportError as exc:
            raise _of_looking(exc) from None
        if chat.has_protected_content:
            raise TransportError(Fate.UNCERTAIN, "look_protected")


class _NoMessageError(VigilError):
    """No message has this id."""


def _of_looking(exc: TransportError) -> TransportError:
    """What a failure means for the look: what is in doubt about a copy can be tried again."""
    if exc.fate is Fate.STOP:
        return exc
    fate = Fate.PASSING if exc.fate in _IN_DOUBT else Fate.UNCERTAIN
    return TransportError(fate, f"look_{exc.reason}", retry_after_s=exc.retry_after_s)


def _words(text: str) -> list[str]:
    """The text as far as Telegram keeps it: white space may be trimmed on the way."""
    return text.split()


def _is_of(copy: Message, address: Address, since: datetime) -> bool:
    origin = copy.forward_origin
    return (
        isinstance(origin, MessageOriginChannel)
        and str(origin.chat.id) == address.chat
        and origin.date >= since - _CLOCKS_DIFFER
    )
