"""Each update goes to whom it concerns; whatever it holds, the next one is taken too.

Obeying and saying have lanes of their own: a reply may wait for its turn, a command must not.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import Update

from bot.commands.request import Reply
from bot.doors.telegram.allowance import Allowance
from bot.doors.telegram.answering import Answering
from bot.doors.telegram.house import House, Membership
from bot.doors.telegram.inline import answer_inline
from bot.doors.telegram.lanes import Lanes
from bot.doors.telegram.updates import Asked, Inquired, Meaning, Migrated, Posted, meaning_of
from bot.outbox.orders import token_of
from bot.outbox.transport import TransportError

# Who asks for more at once is obeyed in silence, and delays nobody else.
_MOST_REPLIES_WAITING: Final = 4

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Handling:
    """An update that is being handled.

    `obeyed` ends when what it asks is done, or fails; `done` when it is said as well, and never fails.
    """

    obeyed: asyncio.Task[Any]
    done: asyncio.Task[None]


class Intake:
    """Takes updates as Telegram writes them, by polling or by webhook."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._answering = Answering(house)
        self._obeying = Lanes()
        self._saying = Lanes()
        self._replies_waiting: Counter[str] = Counter()
        self._in_silence = Allowance()
        self._offering = Lanes()
        self._inquiries: dict[str, str] = {}

    async def accept(self, update: dict[str, Any]) -> Handling | None:
        """Begin to handle an update; None: nothing to do. TransportError where Telegram cannot tell who the bot is."""
        bot_name = (await self._house.wire.identity()).username
        try:
            meaning = meaning_of(Update.de_json(update, self._house.wire.bot), bot_name)
        except Exception as exc:
            _log.warning("an update could not be read and is passed over", error=type(exc).__name__)
            return None
        if meaning is None:
            return None
        return self._begun(meaning)

    def _begun(self, meaning: Meaning) -> Handling:
        """What handles it, already in its lane: so the order of updates is kept."""
        match meaning:
            case Asked():
                return self._asked(meaning)
            case Membership():
                return self._told(meaning.address.chat, lambda: self._house.happenings.membership(meaning))
            case Migrated():
                return self._told(meaning.old.chat, lambda: self._house.happenings.migrated(meaning.old, meaning.new))
            case Inquired():
                return self._inquired(meaning)
            case Posted():
                return self._told(meaning.address.chat, lambda: self._posted(meaning))

    async def _posted(self, posted: Posted) -> None:
        await self._house.happenings.channel_post(posted.address, posted.message_id)

    def _inquired(self, inquired: Inquired) -> Handling:
        """The latest of what somebody is typing: what she has typed on from is answered to nobody."""
        lane = inquired.address.chat
        self._inquiries[lane] = inquired.query_id

        async def answer() -> None:
            if self._inquiries.get(lane) == inquired.query_id:
                await answer_inline(self._house, inquired)
            if self._inquiries.get(lane) == inquired.query_id:
                del self._inquiries[lane]

        return _in_silence(self._offering.add(lane, answer))

    def _told(self, lane: str, job: Callable[[], Awaitable[None]]) -> Handling:
        return _in_silence(self._obeying.add(lane, job))

    def _asked(self, asked: Asked) -> Handling:
        lane = asked.address.chat
        if asked.press_id is not None and token_of(asked.text) is not None:
            return self._told(lane, lambda: self._answering.take_order(asked))
        aloud = self._replies_waiting[lane] < _MOST_REPLIES_WAITING
        if not aloud and not self._is_obeyed(lane, asked):
            return _in_silence(asyncio.create_task(self._answering.end_press(asked)))
        obeying = self._obeying.add(lane, lambda: self._answering.obey(asked))
        if not aloud:
            return _in_silence(obeying)
        self._replies_waiting[lane] += 1
        return Handling(obeying, asyncio.create_task(_logged(self._reply(lane, asked, obeying))))

    def _is_obeyed(self, lane: str, asked: Asked) -> bool:
        """Whether it is done although nothing is said any more: settings, but for those of a flood.

        None of these keeps from being heard that somebody wants to leave.
        """
        return asked.sets and self._in_silence.take(f"{lane} {asked.leaves}", self._house.clock())

    async def _reply(self, lane: str, asked: Asked, obeying: asyncio.Task[Reply | None]) -> None:
        try:
            reply = await obeying
            if reply is not None and reply.posts:
                await self._saying.add(lane, lambda: self._answering.say(asked, reply))
        finally:
            self._replies_waiting[lane] -= 1
            if not self._replies_waiting[lane]:
                del self._replies_waiting[lane]


def _in_silence(obeyed: asyncio.Task[Any]) -> Handling:
    return Handling(obeyed, asyncio.create_task(_logged(obeyed)))


async def _logged(work: Awaitable[object]) -> None:
    """Only the kind of an error is logged: its text may hold what people wrote."""
    try:
        await work
    except TransportError as exc:
        _log.warning("an update could not be handled", reason=exc.reason)
    except Exception as exc:
        _log.error("an update could not be handled", error=type(exc).__name__)
