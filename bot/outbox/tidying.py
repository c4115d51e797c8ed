"""Taking away the silent messages that a crash or a cut connection may have left in a channel."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Row, select

from bot.chats.chat import Chat
from bot.chats.rows import chat_of, select_chats
from bot.chats.tables import chats
from bot.database_errors import DatabaseError
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import WithdrawnError
from bot.outbox.place import Place
from bot.outbox.probes import forget_probes
from bot.outbox.probing import PROBE
from bot.outbox.tables import probes
from bot.outbox.transport import Fate, Transport, TransportError
from bot.outbox.wakeful import Wakeful

_log = structlog.get_logger(__name__)

_AT_ONCE = 20
# Few, so that posts that come to be looked for meanwhile wait for few.
_LOOKED_FOR_AT_ONCE = 4
_FOR_LATER = frozenset({Fate.PASSING, Fate.LOOK_FIRST, Fate.STOP})


class Tidier(Wakeful):
    """Looks for what was left in channels of these transports, whenever woken, and deletes it.

    `after_posts` returns once no post is to be looked for: they come first.
    """

    def __init__(
        self,
        place: Place,
        transports: Mapping[str, Transport],
        ledger: Ledger,
        after_posts: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._after_posts = after_posts
        self._place = place
        self._transports = transports
        self._ledger = ledger

    async def run(self) -> None:
        """Tidy until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self._tidy_all()
            except DatabaseError as exc:
                _log.warning("tidying_failed", reason=exc.reason)
            if not self._wake.is_set():
                self._idle.set()
            await self._wake.wait()

    async def _tidy_all(self) -> None:
        """Once through all of them; what could not be learnt now is left for the next waking."""
        for which, at_once in ((probes.c.number <= 0, _AT_ONCE), (probes.c.number > 0, _LOOKED_FOR_AT_ONCE)):
            after = 0
            while found := await self._some(which, after, at_once):
                if found[0][0].number > 0:
                    await self._after_posts()
                await asyncio.gather(*(self._tidy(row, chat) for row, chat in found))
                after = found[-1][0].chat

    async def _some(self, which: ColumnElement[bool], after: int, limit: int) -> list[tuple[Row[Any], Chat]]:
        # Without an id behind them they can only be looked for once another was sent.
        bounded = (probes.c.before_id.is_not(None), probes.c.chat > after)
        query = select(probes).where(which, *bounded).order_by(probes.c.chat)
        async with self._place.database.read() as connection:
            rows = (await connection.execute(query.limit(limit))).all()
            ids = [row.chat for row in rows]
            known = (await connection.execute(select_chats().where(chats.c.id.in_(ids)))).all() if rows else []
        by_id = {row.id: chat_of(self._place.seal, row) for row in known}
        return [(row, by_id[row.chat]) for row in rows if row.chat in by_id]

    async def _tidy(self, row: Row[Any], chat: Chat) -> None:
        transport = self._transports.get(chat.address.transport)
        if transport is None:
            return
        try:
            await self._take_away(transport, row, chat)
        except WithdrawnError:
            return
        except TransportError as exc:
            if exc.fate in _FOR_LATER:
                return
            _log.warning("a silent message of ours may stand in a channel, and cannot be looked for", reason=exc.reason)
        except Exception as exc:  # one channel's trouble must not end the others'
            _log.error("tidying_failed", error=type(exc).__name__)
            return
        await self._ledger.join(partial(forget_probes, chat=row.chat))

    async def _take_away(self, transport: Transport, row: Row[Any], chat: Chat) -> None:
        """Delete as many as may stand there; fewer do where the search ends sooner."""
        if row.message_id is not None:
            await transport.delete(chat.address, row.message_id)
        before_id: int | None = row.before_id
        others = self._place.others.of(chat.id)
        for _ in range(row.number):
            if before_id is not None:
                before_id = await transport.look_back(chat.address, before_id, PROBE.text, row.asked_at, others=others)
            if before_id is None:
                return
            await transport.delete(chat.address, before_id)
