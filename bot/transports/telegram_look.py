"""Looking whether an uncertain post stands in a channel: its messages are forwarded to the operators.

Telegram has no idempotency key and no way to read a channel. But message ids run by one there, so
the candidates are few, and a forwarded copy shows text, date and origin. Private chats and groups
are never looked into: members' words are nobody's business.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from telegram import Message, MessageOriginChannel

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, TransportError
from bot.transports.pacing import Pacer, Turn
from bot.transports.telegram_places import chat_id
from bot.transports.telegram_refusals import MESSAGE_MISSING, NOT_FORWARDABLE
from bot.transports.telegram_wire import Wire

CANDIDATES: Final = 20
MISSING_IN_A_ROW: Final = 10
_ATTEMPTS: Final = 3
# Telegram dates a message by its own clock, in whole seconds.
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_IN_DOUBT: Final = frozenset({Fate.PASSING, Fate.LOOK_FIRST, Fate.UNCERTAIN})

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Search:
    """Where a look has come to: the id tried next, those missing in a row, those that stood there."""

    channel: Address
    candidate: int
    missing: int = 0
    seen: int = 0
    attempts: int = 0

    def is_over(self) -> bool:
        """Whether the post surely does not stand there; UNCERTAIN where others' posts are too many."""
        if self.missing < MISSING_IN_A_ROW and self.seen == CANDIDATES:
            raise TransportError(Fate.UNCERTAIN, "look_too_many_posts")
        return self.missing == MISSING_IN_A_ROW

    def step(self, *, stood: bool) -> None:
        """Go on to the next id."""
        self.candidate += 1
        self.attempts = 0
        self.missing, self.seen = (0, self.seen + 1) if stood else (self.missing + 1, self.seen)


class Lookout:
    """Forwards candidates silently to the operators, a private chat or a channel, and deletes each copy.

    Each copy takes a turn of the operators' chat, which has limits of its own.
    """

    def __init__(self, wire: Wire, operators: Address | None, pacer: Pacer) -> None:
        self._wire = wire
        self._operators = operators
        self._pacer = pacer

    async def find(self, address: Address, after_id: int, text: str, since: datetime) -> int | None:
        """The id of our post with this text after `after_id`, or None if it surely does not stand there.

        Ten missing ids in a row end the search. TransportError with UNCERTAIN where nothing can be
        said, with PASSING where it can be tried again.
        """
        copies_to = self._checked(address)
        search = _Search(address, after_id + 1)
        while not search.is_over():
            async with self._pacer.take(copies_to) as turn:
                copy = await self._next_copy(search, copies_to, turn)
            if copy is not None:
                await self._take_away(copies_to, copy)
                if _is_ours(copy, address, text, since):
                    return search.candidate - 1
        return None

    def _checked(self, address: Address) -> Address:
        if address.kind is not ChatKind.CHANNEL:
            raise TransportError(Fate.UNCERTAIN, "look_not_a_channel")
        if self._operators is None or self._operators.kind not in {ChatKind.PRIVATE, ChatKind.CHANNEL}:
            raise TransportError(Fate.UNCERTAIN, "look_no_operators")
        return self._operators

    async def _next_copy(self, search: _Search, copies_to: Address, turn: Turn) -> Message | None:
        """The copy of the next message there; None at the end, or where trouble asks for another turn.

        One turn serves for many ids, since Telegram counts messages and a missing one makes none.
        """
        bot, source = self._wire.bot, chat_id(search.channel.chat)
        while not search.is_over():
            turn.written()
            try:
                copy = await self._wire.ask(
                    bot.forward_message(chat_id(copies_to.chat), source, search.candidate, disable_notification=True)
                )
            except TransportError as exc:
                if not await self._goes_on(search, exc, copies_to):
                    return None
                turn.written_at = None
            else:
                search.step(stood=True)
                return copy
        return None

    async def _goes_on(self, search: _Search, exc: TransportError, copies_to: Address) -> bool:
        """Whether the next id can be tried with the same turn; raises where looking makes no sense now."""
        if exc.reason == MESSAGE_MISSING:
            search.step(stood=False)
            return True
        if exc.reason == NOT_FORWARDABLE:
            await self._check_unprotected(search.channel)
            search.step(stood=True)  # a service message
            return True
        search.attempts += 1
        if exc.retry_after_s is not None:
            self._pacer.hold(copies_to, exc.retry_after_s)
        elif exc.fate in _IN_DOUBT and search.attempts < _ATTEMPTS:
            return False
        raise _of_looking(exc)

    async def _check_unprotected(self, channel: Address) -> None:
        """Raise if nothing at all can be forwarded from there: then ours could not be either."""
        try:
            chat = await self._wire.ask_twice(self._wire.bot.get_chat(chat_id(channel.chat)))
        except TransportError as exc:
            raise _of_looking(exc) from None
        if chat.has_protected_content:
            raise TransportError(Fate.UNCERTAIN, "look_protected")

    async def _take_away(self, copies_to: Address, copy: Message) -> None:
        try:
            await self._wire.ask_twice(self._wire.bot.delete_message(chat_id(copies_to.chat), copy.message_id))
        except TransportError as exc:
            _log.warning("a copy made for looking stays with the operators", reason=exc.reason)


def _of_looking(exc: TransportError) -> TransportError:
    """What a failure means for the look: what is in doubt about a copy can be tried again."""
    if exc.fate is Fate.STOP:
        return exc
    fate = Fate.PASSING if exc.fate in _IN_DOUBT else Fate.UNCERTAIN
    return TransportError(fate, f"look_{exc.reason}", retry_after_s=exc.retry_after_s)


def _is_ours(copy: Message, channel: Address, text: str, since: datetime) -> bool:
    """By text (white space may be trimmed on the way), origin and date."""
    origin = copy.forward_origin
    return (
        isinstance(origin, MessageOriginChannel)
        and str(origin.chat.id) == channel.chat
        and origin.date >= since - _CLOCKS_DIFFER
        and (copy.text or copy.caption or "").split() == text.split()
    )
