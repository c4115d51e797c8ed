"""Settling what is uncertain: by looking into channels, never by guessing.

Where nobody can look, a person decides while the day lasts, or the policy says to send again.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
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
from bot.outbox.limiter import WithdrawnError
from bot.outbox.place import Place
from bot.outbox.tables import contents, deliveries
from bot.outbox.transport import Fate, Transport, TransportError
from bot.outbox.verdict import State, Verdict, after_look, back_off, due, left
from bot.outbox.wakeful import Wakeful
from bot.posts.post import Post

_log = structlog.get_logger(__name__)

# In hand at a time; those that wait for the operators' chat keep none from being looked at that do not.
_AT_ONCE = 100
# Told twice, so far apart, that it does not stand there: a request may be slower than whoever wrote it.
_SURE_AFTER = timedelta(seconds=3)


class Looker(Wakeful):
    """Settles what is uncertain in these transports, under one epoch.

    `due_again` is called when something surely did not arrive and is to be sent once more.
    """

    def __init__(
        self, place: Place, transports: Mapping[str, Transport], ledger: Ledger, due_again: Callable[[], None]
    ) -> None:
        super().__init__()
        self._place = place
        self._due_again = due_again
        self._transports = transports
        self._ledger = ledger
        self._in_hand: set[int] = set()
        self._missing_since: dict[int, datetime] = {}

    async def run(self) -> None:
        """Settle until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                for row, chat in await self._some():
                    self._in_hand.add(row.id)
                    group.create_task(self._settle(row, chat))
                if not self._in_hand and not self._wake.is_set():
                    self._idle.set()
                await self._wake.wait()

    async def _some(self) -> list[tuple[Row[Any], Chat | None]]:
        """What is to be settled now and is not in hand, with its chat; null for one forgotten meanwhile."""
        try:
            return await self._read()
        except DatabaseError as exc:
            _log.warning("looking_failed", reason=exc.reason)
            return []

    async def _read(self) -> list[tuple[Row[Any], Chat | None]]:
        if len(self._in_hand) >= _AT_ONCE:
            return []
        now = self._place.clock()
        here = (deliveries.c.transport.in_(tuple(self._transports)), *pending_uncertain(), deliveries.c.next_at <= now)
        joined = deliveries.outerjoin(contents, contents.c.id == deliveries.c.content)
        query = select(deliveries, contents.c.html).select_from(joined).where(*here).order_by(deliveries.c.expires_at)
        async with self._place.database.read() as connection:
            rows = (await connection.execute(query.limit(_AT_ONCE + len(self._in_hand)))).all()
            rows = [row for row in rows if row.id not in self._in_hand][: _AT_ONCE - len(self._in_hand)]
            ids = {row.chat for row in rows}
            found = (await connection.execute(select_chats().where(chats.c.id.in_(ids)))).all()
        known = {row.id: chat_of(self._place.seal, row) for row in found}
        return [(row, known.get(row.chat)) for row in rows]

    async def _settle(self, row: Row[Any], chat: Chat | None) -> None:
        try:
            verdict = await self._verdict(row, chat) if chat is not None else Verdict(State.UNCERTAIN, row.reason)
        except Exception as exc:  # one delivery's trouble must not end the others'
            _log.error("looking_failed", error=type(exc).__name__)
            verdict = self._later(row)
        if verdict.state is not State.UNCERTAIN:
            self._missing_since.pop(row.id, None)
        self._ledger.settle(row.id, verdict, lambda: self._settled(row, verdict))

    def _settled(self, row: Row[Any], verdict: Verdict) -> None:
        """It is on the disk: only now would it be found there as it is."""
        self._in_hand.discard(row.id)
        if verdict.state is State.DUE:
            self._due_again()
        elif verdict.next_at is not None and verdict.next_at < row.expires_at:
            wait_s = (verdict.next_at - self._place.clock()).total_seconds()
            asyncio.get_running_loop().call_later(max(0.0, wait_s) + 0.02, self.wake)
        self.wake()

    async def _verdict(self, row: Row[Any], chat: Chat) -> Verdict:
        can_look = chat.kind is ChatKind.CHANNEL and row.after_id is not None and row.html is not None
        if can_look:
            try:
                found = await self._look(row, chat)
            except WithdrawnError:
                return self._later(row)
            except TransportError as exc:
                if exc.fate in (Fate.PASSING, Fate.LOOK_FIRST, Fate.STOP):
                    return self._later(row, exc.retry_after_s)
            else:
                return self._after_look(row, chat, found)
        return self._unsettled(row, self._place.clock())

    async def _look(self, row: Row[Any], chat: Chat) -> int | None:
        transport = self._transports[chat.address.transport]
        others = self._place.others.of(chat.id)
        return await transport.look(chat.address, row.after_id, Post(row.html).text, row.asked_at, others=others)

    def _after_look(self, row: Row[Any], chat: Chat, found: int | None) -> Verdict:
        now = self._place.clock()
        if found is not None:
            self._ledger.see(chat.id, found)
        elif (sure_at := self._missing_since.setdefault(row.id, now) + _SURE_AFTER) > now:
            return Verdict(State.UNCERTAIN, row.reason, sure_at, row.attempts)
        return after_look(found, row.attempts, now=now, expires_at=row.expires_at)

    def _later(self, row: Row[Any], wait_s: float | None = None) -> Verdict:
        """Nothing could be learnt now."""
        wait = back_off(row.attempts + 1) if wait_s is None else timedelta(seconds=wait_s)
        return Verdict(State.UNCERTAIN, row.reason, self._place.clock() + wait, row.attempts + 1)

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
