"""From what somebody asked to what she is answered: obeyed first, then said."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.chats.address import Address, ChatKind
from bot.commands.request import Reply, Request
from bot.doors.telegram.delivering import Delivering
from bot.doors.telegram.house import House
from bot.doors.telegram.updates import Asked
from bot.outbox.transport import TransportError
from bot.posts.post import Post
from bot.transports.telegram_places import administers
from bot.transports.telegram_refusals import QUERY_TOO_OLD

STALE: Final = timedelta(minutes=10)
_NOTICE_CHARS: Final = 200  # Bot API, answerCallbackQuery
_ATTEMPTS: Final = 3
_SAY_WITHIN_S: Final = 30.0

_log = structlog.get_logger(__name__)


class Answering:
    """Obeys and replies; the order within a chat is kept by who calls."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._delivering = Delivering(
            house.transport, house.pacer, house.happenings.flooded, back_off_s=house.back_off_s
        )

    async def obey(self, asked: Asked) -> Reply | None:
        """Do what is asked and end the press; the reply to be said, None where it comes too late."""
        now = self._house.clock()
        if _is_stale(asked, now):
            return None
        reply = Reply()
        try:
            reply = await self._answered(await self._request(asked, now), patient=asked.sets)
        finally:
            in_time = await self.end_press(asked, reply.notice)
        return reply if in_time or asked.sets else None

    async def take_order(self, asked: Asked) -> None:
        """Hand on what an operator's button orders; whoever forges such a press is told nothing."""
        notice = None
        try:
            if self._house.orders is not None:
                where = (asked.address, asked.user_id)
                notice = await self._house.orders.press(*where, asked.text, self._house.clock())
        finally:
            await self.end_press(asked, notice)

    async def end_press(self, asked: Asked, notice: str | None = None) -> bool:
        """Take the waiting sign off a button; false where the press is too old to be answered."""
        if asked.press_id is None:
            return True
        wire = self._house.wire
        text = notice[:_NOTICE_CHARS] if notice else None
        try:
            await wire.ask_twice(wire.bot.answer_callback_query(asked.press_id, text=text))
        except TransportError as exc:
            return exc.reason != QUERY_TOO_OLD
        return True

    async def say(self, asked: Asked, reply: Reply) -> None:
        """Send the reply's posts in order, the first in place of the pressed message if it asks for that."""
        try:
            async with asyncio.timeout(_SAY_WITHIN_S):
                await self._send(asked, reply)
        except TransportError as exc:
            _log.warning("a reply could not be sent", reason=exc.reason)
        except TimeoutError:
            _log.warning("a reply waited too long for its turn and is dropped")

    async def _request(self, asked: Asked, now: datetime) -> Request:
        return Request(
            asked.text,
            asked.address,
            now,
            language_hint=asked.language_hint,
            may_change_settings=await self._may_change_settings(asked),
            pressed=asked.press_id is not None,
            bot_name=(await self._house.wire.identity()).username,
        )

    async def _may_change_settings(self, asked: Asked) -> bool:
        """Telegram is asked for settings alone, and for no private chat."""
        if asked.address.kind is ChatKind.PRIVATE:
            return True
        if not asked.sets or asked.user_id is None:
            return False
        return asked.is_anonymous_admin or await administers(self._house.wire, asked.address, asked.user_id)

    async def _answered(self, request: Request, *, patient: bool) -> Reply:
        """The reply; what changes settings is tried again, since it must not be lost to a busy database."""
        for attempt in range(1, _ATTEMPTS if patient else 1):
            try:
                return await self._house.answers.answer(request)
            except Exception as exc:
                _log.warning("a command failed and is tried again", error=type(exc).__name__)
                await asyncio.sleep(attempt * self._house.back_off_s)
        return await self._house.answers.answer(request)

    async def _send(self, asked: Asked, reply: Reply) -> None:
        posts, address = list(reply.posts), asked.address
        ids = [asked.typed_id] if asked.typed_id is not None else []
        if reply.replaces and posts and (replaced := await self._replaced(asked, posts[0])) is not None:
            ids.append(replaced)
            del posts[0]
        try:
            for post in posts:
                address, message_id = await self._send_one(address, post)
                ids.append(message_id)
        finally:
            if reply.gone_after_s is not None and ids:
                gone_at = self._house.clock() + timedelta(seconds=reply.gone_after_s)
                await self._house.happenings.fleeting(address, ids, gone_at)

    async def _replaced(self, asked: Asked, post: Post) -> int | None:
        """The id of the message whose place the post took; null where it took none."""
        where = asked.message_id
        return where if where is not None and await self._delivering.replace(asked.address, where, post) else None

    async def _send_one(self, address: Address, post: Post) -> tuple[Address, int]:
        reached, sent = await self._delivering.send(address, post)
        if reached != address:
            await self._house.happenings.migrated(address, reached)
        return reached, sent.message_id


def _is_stale(asked: Asked, now: datetime) -> bool:
    """Look-ups older than ten minutes go unanswered; settings are obeyed however old."""
    return not asked.sets and asked.at is not None and now - asked.at > STALE
