"""Settling what is uncertain: by looking into channels, never by guessing.

Where nobody can look, a person decides while the day lasts, or the policy says to send again.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Row, func, select, update

from bot.chats.address import ChatKind
from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.tables import chats
from bot.database import Database
from bot.database_errors import DatabaseError
from bot.outbox.ledger import Ledger
from bot.outbox.place import Place
from bot.outbox.tables import contents, deliveries
from bot.outbox.transport import Fate, Transport, TransportError
from bot.outbox.verdict import State, Verdict, after_look, back_off, due, left
from bot.posts.post import Post

_log = structlog.get_logger(__name__)

_AT_ONCE = 100


class Looker:
    """Settles what is uncertain in these transports, one after the other, under one epoch.

    `due_again` is called when something surely did not arrive and is to be sent once more.
    """

    def __init__(
        self, place: Place, transports: Mapping[str, Transport], ledger: Ledger, due_again: Callable[[], None]
    ) -> None:
        self._place = place
        self._due_again = due_again
        self._transports = transports
        self._ledger = ledger
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()

    def wake(self) -> None:
        """Something has become uncertain, or time has passed."""
        self._idle.clear()
        self._wake.set()

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Return once nothing is to be looked at now."""
        await self._idle.wait()

    async def run(self) -> None:
        """Settle until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self._ledger.flushed()
                settled = await self._settle_some()
            except DatabaseError as exc:
                _log.warning("looking_failed", reason=exc.reason)
                settled = 0
            if not settled:
                if not self._wake.is_set():
                    self._idle.set()
                await self._wake.wait()

    async def _settle_some(self) -> int:
        """Settle what is to be settled now; how many there were."""
        now = self._place.clock()
        here = (deliveries.c.transport.in_(tuple(self._transports)), *pending_uncertain(), deliveries.c.next_at <= now)
        columns = (deliveries, contents.c.html)
        joined = deliveries.outerjoin(contents, contents.c.id == deliveries.c.content)
        query = select(*columns).select_from(joined).where(*here).order_by(deliveries.c.expires_at).limit(_AT_ONCE)
        async with self._place.database.read() as connection:
            rows = (await connection.execute(query)).all()
            ids = {row.chat for row in rows}
            found = (await connection.execute(select_chats().where(chats.c.id.in_(ids)))).all()
        known = {row.id: chat_of(self._place.seal, row) for row in found}
        for row in rows:
            chat = known.get(row.chat)
            verdict = await self._verdict(row, chat) if chat is not None else Verdict(State.UNCERTAIN, row.reason)
            self._ledger.settle(row.id, verdict, self._due_again if verdict.state is State.DUE else None)
            if verdict.state is not State.DUE and verdict.next_at is not None and verdict.next_at < row.expires_at:
                wait_s = (verdict.next_at - self._place.clock()).total_seconds()
                asyncio.get_running_loop().call_later(max(0.0, wait_s) + 0.02, self._wake.set)
        return len(rows)

    async def _verdict(self, row: Row[Any], chat: Chat) -> Verdict:
        now = self._place.clock()
        can_look = chat.kind is ChatKind.CHANNEL and row.after_id is not None and row.html is not None
        if can_look:
            try:
                found = await self._look(row, chat)
            except TransportError as exc:
                if exc.fate in (Fate.PASSING, Fate.LOOK_FIRST, Fate.STOP):
                    wait_at = now + back_off(row.attempts + 1)
                    return Verdict(State.UNCERTAIN, row.reason, wait_at, row.attempts + 1)
            else:
                if found is not None:
                    self._ledger.see(chat.id, found)
                return after_look(found, row.attempts, now=now, expires_at=row.expires_at)
        return self._unsettled(row, now)

    async def _look(self, row: Row[Any], chat: Chat) -> int | None:
        transport = self._transports[chat.address.transport]
        return await transport.look(chat.address, row.after_id, Post(row.html).text, row.asked_at)

    def _unsettled(self, row: Row[Any], now: datetime) -> Verdict:
        """Nobody can look."""
        if row.expires_at <= now:
            return Verdict(State.UNCERTAIN, row.reason, attempts=row.attempts)
        if self._place.when_uncertain == "resend":
            return due(now, attempts=row.attempts, reason=row.reason)
        self._place.tally.left()
        return left(row.reason, row.attempts, row.expires_at)


def pending_uncertain() -> tuple[ColumnElement[bool], ...]:
    """Uncertain, and something is still to be done about it."""
    return (deliveries.c.state == State.UNCERTAIN, deliveries.c.next_at.is_not(None))


async def count_left(database: Database, transports: tuple[str, ...]) -> int:
    """How many uncertain deliveries wait for a person's decision."""
    async with database.read() as connection:
        query = select(func.count()).where(*_left(transports))
        number: int | None = await connection.scalar(query)
    return number or 0


async def resend_left(database: Database, transports: tuple[str, ...], now: datetime) -> int:
    """Somebody decided: send those again that were left uncertain, though they may arrive twice; how many."""
    async with database.write() as connection:
        again = update(deliveries).where(*_left(transports), deliveries.c.expires_at > now)
        return (await connection.execute(again.values(state=State.DUE, next_at=now, reason="resent"))).rowcount


def _left(transports: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    # A left one's next moment is the end of its day; one still to be looked at comes sooner.
    at_its_end = deliveries.c.next_at == deliveries.c.expires_at
    return (deliveries.c.transport.in_(transports), *pending_uncertain(), at_its_end)
