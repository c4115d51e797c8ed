"""Looking whether an uncertain post stands in a channel: its messages are forwarded to the operators.

Telegram has no idempotency key and no way to read a channel. But message ids run by one there, so
the candidates are few, and a forwarded copy shows text, date and origin. Private chats and groups
are never looked into: members' words are nobody's business.
"""

import asyncio
from collections.abc import Container, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import structlog
from telegram import Message, MessageOriginChannel

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import MESSAGE_MISSING, Fate, TransportError
from bot.transports.pacing import Pacer, Turn
from bot.transports.telegram_places import chat_id
from bot.transports.telegram_refusals import NOT_FORWARDABLE
from bot.transports.telegram_wire import Wire

CANDIDATES: Final = 20
MISSING_IN_A_ROW: Final = 10
_ATTEMPTS: Final = 3
_AT_ONCE: Final = 10
# Telegram dates a message by its own clock, in whole seconds.
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
# No request is so long on its way: TCP gives up before.
_ARRIVED_AFTER: Final = timedelta(minutes=20)
_IN_DOUBT: Final = frozenset({Fate.PASSING, Fate.LOOK_FIRST, Fate.UNCERTAIN})
# Within the five seconds that a bot has to end.
_NEAR_S: Final = 0.7
# No chat has this id.
_NOWHERE: Final = 0

_log = structlog.get_logger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Where to look: in a channel after this id, or before it and `back`. `others` are surely not ours."""

    channel: Address
    edge: int
    others: Container[int] = ()
    back: bool = False


@dataclass(slots=True)
class _Search:
    """Where a look has come to: the id tried next, those missing in a row, those that stood there."""

    span: Span
    candidate: int
    missing: int = 0
    seen: int = 0
    attempts: int = 0

    def is_over(self) -> bool:
        """Whether the post surely does not stand there; UNCERTAIN where others' posts are too many."""
        if self.missing == MISSING_IN_A_ROW or self.candidate < 1:
            return True
        if self.seen == CANDIDATES:
            raise TransportError(Fate.UNCERTAIN, "look_too_many_posts")
        return False

    def step(self, *, stood: bool) -> None:
        """Go on to the next id."""
        self.candidate += -1 if self.span.back else 1
        self.attempts = 0
        self.missing, self.seen = (0, self.seen + 1) if stood else (self.missing + 1, self.seen)

    def pass_over(self) -> None:
        """Go on to the next id, since this is somebody else's: it need not be looked at."""
        self.step(stood=True)
        self.seen -= 1

    def is_beyond(self, copy: Message, since: datetime) -> bool:
        """Whether this post was made when ours cannot have been: ids rise with time, so none behind it is ours."""
        origin = copy.forward_origin
        if origin is None:
            return False
        return origin.date < since - _CLOCKS_DIFFER if self.span.back else origin.date > since + _ARRIVED_AFTER


class Lookout:
    """Forwards candidates silently to the operators, a private chat or a channel, and deletes each copy.

    Each copy takes a turn of the operators' chat, which has limits of its own; so an id is first tried
    with a forward that goes nowhere, which tells a missing message and makes none.
    """

    def __init__(self, wire: Wire, operators: Address | None, pacer: Pacer) -> None:
        self._wire = wire
        self._operators = operators
        self._pacer = pacer
        # Many may be looked at together, of which most wait for the operators' chat: those who ask leave posts room.
        self._few = asyncio.Semaphore(_AT_ONCE)

    async def find(self, span: Span, text: str, since: datetime) -> int | None:
        """The id of our post with this text, or None if it surely does not stand there.

        Ten missing ids in a row end the search, and so does a post that was made long after ours was sent,
        or looking back before. TransportError with UNCERTAIN where nothing can be said, with PASSING where
        it can be tried again.
        """
        copies_to = self._checked(span.channel)
        search = _Search(span, span.edge + (-1 if span.back else 1))
        while not search.is_over():
            candidate = search.candidate
            if not await self._may_stand(search):
                continue
            async with self._pacer.take(copies_to) as turn:
                copy = await _unbroken(self._copy_and_take_away(search, copies_to, turn))
            if copy is not None:
                if _is_ours(copy, span.channel, text, since):
                    return candidate
                if search.is_beyond(copy, since):
                    return None
        return None

    def _checked(self, address: Address) -> Address:
        if address.kind is not ChatKind.CHANNEL:
            raise TransportError(Fate.UNCERTAIN, "look_not_a_channel")
        if self._operators is None or self._operators.kind not in {ChatKind.PRIVATE, ChatKind.CHANNEL}:
            raise TransportError(Fate.UNCERTAIN, "look_no_operators")
        return self._operators

    async def _may_stand(self, search: _Search) -> bool:
        """Whether a copy of the candidate is worth a turn; False for one that is missing or no post.

        The Bot API server looks for the message before it looks where it is to go (`check_message` in its
        `process_forward_message_query`); where another would not, a copy tells.
        """
        if search.candidate in search.span.others:
            search.pass_over()
            return False
        try:
            await self._forward(search, _NOWHERE)
        except TransportError as exc:
            if exc.fate is Fate.STOP:
                raise
            return not await self._is_passed_over(search, exc)
        return True

    async def _copy_and_take_away(self, search: _Search, copies_to: Address, turn: Turn) -> Message | None:
        """What the candidate is, by a copy that is gone again."""
        copy = await self._copy(search, copies_to, turn)
        if copy is not None:
            await self._take_away(copies_to, copy)
        return copy

    async def _copy(self, search: _Search, copies_to: Address, turn: Turn) -> Message | None:
        """The copy of the candidate; None where there is none, or where trouble asks for another turn."""
        if search.candidate in search.span.others:
            return None  # told of while the turn was waited for
        turn.written()
        try:
            copy = await self._forward(search, chat_id(copies_to.chat))
        except TransportError as exc:
            if await self._is_passed_over(search, exc):
                turn.written_at = None  # Telegram counts messages, and this made none
                return None
            search.attempts += 1
            if exc.retry_after_s is not None:
                self._pacer.hold(copies_to, exc.retry_after_s)
            elif exc.fate in _IN_DOUBT and search.attempts < _ATTEMPTS:
                return None
            raise _of_looking(exc) from None
        search.step(stood=True)
        return copy

    async def _forward(self, search: _Search, to: int | str) -> Message:
        bot, source = self._wire.bot, chat_id(search.span.channel.chat)
        async with self._few:
            return await self._wire.ask(bot.forward_message(to, source, search.candidate, disable_notification=True))

    async def _is_passed_over(self, search: _Search, exc: TransportError) -> bool:
        """Whether the refusal means that the candidate is no post of anyone's, and the search went on."""
        if exc.reason == MESSAGE_MISSING:
            search.step(stood=False)
        elif exc.reason == NOT_FORWARDABLE:
            await self._check_unprotected(search.span.channel)
            search.step(stood=True)  # a service message
        else:
            return False
        return True

    async def _check_unprotected(self, channel: Address) -> None:
        """Raise if nothing at all can be forwarded from there: then ours could not be either."""
        try:
            chat = await self._wire.ask_twice(self._wire.bot.get_chat(chat_id(channel.chat)))
        except TransportError as exc:
            raise _of_looking(exc) from None
        if chat.has_protected_content:
            raise TransportError(Fate.UNCERTAIN, "look_protected")

    async def _take_away(self, copies_to: Address, copy: Message) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                await self._wire.ask_twice(self._wire.bot.delete_message(chat_id(copies_to.chat), copy.message_id))
            except TransportError as exc:
                if exc.reason == MESSAGE_MISSING:
                    return
                if exc.fate is not Fate.PASSING or attempt == _ATTEMPTS - 1:
                    _log.warning("a copy made for looking stays with the operators", reason=exc.reason)
                    return
            else:
                return


async def _unbroken(work: Coroutine[Any, Any, T]) -> T:
    """The result of what is not to be left half done: who cancels it waits for its end, if it is near."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_NEAR_S)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise


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
