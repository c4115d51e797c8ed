"""Which posts that were sent state what the calendar does not say any more, and what replaces them.

Compared is what a post stated, content by content and not chat by chat: whoever got the same gets the
same correction, whatever was changed about the chat since.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from bot.chats.address import ChatKind
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.database import Database
from bot.outbox.correcting import CORRECTED
from bot.outbox.correcting_rows import Step
from bot.outbox.correction_posts import newest_correction
from bot.outbox.edition import Edition
from bot.outbox.erasing import KEPT_ELSEWHERE, KEPT_IN_CHANNELS
from bot.outbox.tables import contents, corrections, deliveries
from bot.outbox.verdict import State
from bot.posts.post import Post
from bot.posts.stated import Stated, read_stated

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """A content that fell, as `content` stands in `messages`, and the post that is to stand there.

    `begun` is the number of that post where an earlier run has begun to bring it. `unknown` counts messages that
    may stand somewhere, but nobody knows under which id.
    """

    content: int
    html: str
    stated: Stated
    post: Post
    begun: int | None
    messages: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Found:
    """Everything to be corrected, oldest day first; `uncompared` posts were sent before it was kept what they state."""

    corrections: tuple[Correction, ...]
    uncompared: int = 0

    @property
    def messages(self) -> int:
        """How many messages would be edited."""
        return sum(correction.messages for correction in self.corrections)


async def find_corrections(database: Database, edition: Edition, now: datetime) -> Found:
    """Compare what was said, as far as it can be reached, with what the calendar says now."""
    found: list[Correction] = []
    uncompared = 0
    async for rows in _contents(database, now):
        stated = [(row, read_stated(row.stated)) for row in rows]
        uncompared += sum(1 for row, one in stated if one is None and row.records)
        fallen = await asyncio.to_thread(
            lambda known: [(row, one) for row, one in known if one is not None and not edition.stands(one)], stated
        )
        for row, one in fallen:
            correction = await _correction(database, edition, row.id, one, now)
            if correction is not None:
                found.append(correction)
    ordered = sorted(found, key=lambda one: (one.stated.on, one.stated.slot, one.content))
    return Found(tuple(ordered), uncompared)


async def chats_with(
    database: Database, seal: Seal, correction: Correction, now: datetime, *, with_readers: bool = True
) -> list[Chat]:
    """The chats in which the content stands, channels first; private ones only `with_readers`."""
    where = [*standing(correction.content, correction.stated, now)]
    if not with_readers:
        where.append(chats.c.kind != ChatKind.PRIVATE)
    ids = select(deliveries.c.chat).join(chats, chats.c.id == deliveries.c.chat).where(*where)
    query = select_chats().where(chats.c.id.in_(ids)).order_by(chats.c.kind != ChatKind.CHANNEL, chats.c.id)
    async with database.read() as connection:
        return [chat_of(seal, row) for row in (await connection.execute(query)).all()]


def standing(content: int, stated: Stated, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The messages with a content that can be edited, as conditions on deliveries joined with chats."""
    # Taken away by somebody, or perhaps answered already: nothing more is done about it.
    left_alone = corrections.c.state.in_((Step.GONE, Step.UNCERTAIN))
    settled = exists().where(corrections.c.delivery == deliveries.c.id, left_alone)
    return (
        *_sent(content, stated, now),
        deliveries.c.state == State.SENT,
        deliveries.c.message_id.is_not(None),
        ~settled,
    )


def _sent(content: int, stated: Stated, now: datetime) -> tuple[ColumnElement[bool], ...]:
    # The day and slot that it states lead to its rows: there is no index by content.
    same = (deliveries.c.day == stated.on, deliveries.c.slot == stated.slot, deliveries.c.content == content)
    return (*same, deliveries.c.transport.in_(CORRECTED), _within_reach(now))


def _within_reach(now: datetime) -> ColumnElement[bool]:
    in_channel = and_(chats.c.kind == ChatKind.CHANNEL, deliveries.c.expires_at > now - KEPT_IN_CHANNELS)
    return or_(in_channel, deliveries.c.expires_at > now - KEPT_ELSEWHERE)


async def _contents(database: Database, now: datetime) -> AsyncIterator[Sequence[Any]]:
    """What was said within reach, some at a time."""
    since = (now - KEPT_IN_CHANNELS).date()
    after = 0
    while True:
        columns = (contents.c.id, contents.c.stated, contents.c.records)
        query = select(*columns).where(contents.c.id > after, contents.c.used_on >= since)
        here = contents.c.transport.in_(CORRECTED)
        async with database.read() as connection:
            rows = (await connection.execute(query.where(here).order_by(contents.c.id).limit(_AT_ONCE))).all()
        if not rows:
            return
        yield rows
        after = rows[-1].id


async def _correction(
    database: Database, edition: Edition, content: int, stated: Stated, now: datetime
) -> Correction | None:
    """What replaces a content that fell; None where nobody has it any more, or would see no difference."""
    doubtful = or_(
        deliveries.c.state == State.UNCERTAIN, and_(deliveries.c.state == State.SENT, deliveries.c.message_id.is_(None))
    )
    async with database.read() as connection:
        messages = await connection.scalar(_count(*standing(content, stated, now)))
        unknown = await connection.scalar(_count(*_sent(content, stated, now), doubtful))
        html = await connection.scalar(select(contents.c.html).where(contents.c.id == content))
    if not (messages or unknown) or html is None:
        return None
    # Templates and pictures take milliseconds that others can use. One day for chats in every zone: that in UTC.
    post = await asyncio.to_thread(edition.corrected, stated, now.date())
    if post is None:
        return None
    begun = await _begun(database, edition, content, post)
    number, said = begun or (None, post)
    return Correction(content, html, stated, said, number, messages or 0, unknown or 0)


async def _begun(database: Database, edition: Edition, content: int, post: Post) -> tuple[int, Post] | None:
    """The correction that an earlier run has begun, if it would still say the same: nobody is to read two."""
    newest = await newest_correction(database, content)
    if newest is None or newest[1].stated is None or post.stated is None:
        return None
    before = newest[1].stated
    says_the_same = before.body == post.stated.body and edition.stands(before)
    return newest if says_the_same else None


def _count(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(deliveries.join(chats, chats.c.id == deliveries.c.chat)).where(*conditions)
