"""All that works for the operators' chat, as `app` starts, ticks and ends it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.app.operators.desk import Desk
from bot.app.operators.listing import Listing
from bot.app.reporting import Reporting
from bot.chats.address import TRANSPORTS, Address
from bot.database import Database
from bot.errors import VigilError
from bot.outbox.looking import count_left
from bot.outbox.notices import LeftUncertain

_log = structlog.get_logger(__name__)


class Office:
    """Takes presses in any process; orders and lists are for the one that sends (`may_work`)."""

    def __init__(
        self, desk: Desk, listing: Listing, reporting: Reporting, database: Database, may_work: Callable[[], bool]
    ) -> None:
        self._desk = desk
        self._listing = listing
        self._reporting = reporting
        self._database = database
        self._may_work = may_work
        self._has_begun = False
        self._is_working = False
        self._tick = asyncio.Event()
        self._listing_now: asyncio.Task[None] | None = None
        self._now: datetime | None = None

    async def press(self, address: Address, user_id: int | None, data: str, now: datetime) -> str | None:
        """What a press is answered; None where the person is no operator."""
        answer = await self._desk.press(address, user_id, data, now)
        if answer is not None:
            self.tick(now)
        return answer

    def tick(self, now: datetime) -> None:
        """Do what has come due; returns at once, since Telegram may take its time."""
        self._now = now
        self._tick.set()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                await self._tick.wait()
                self._tick.clear()
                await self._work()
        finally:
            if self._listing_now is not None:
                self._listing_now.cancel()
                await asyncio.gather(self._listing_now, return_exceptions=True)
            await self._desk.stop()

    async def _work(self) -> None:
        if self._now is None or not self._may_work():
            self._is_working = False
            return
        try:
            if not self._is_working:
                await self._begin(self._now)
            await self._desk.work(self._now)
        except VigilError as exc:
            _log.warning("operators' orders must wait", reason=str(exc))
        if self._listing_now is None or self._listing_now.done():
            # Apart: Telegram may take its time, and orders must not wait for a list.
            self._listing_now = asyncio.create_task(self._list(self._now))

    async def _list(self, now: datetime) -> None:
        try:
            await self._listing.list_ahead(now)
        except VigilError as exc:
            _log.warning("the list of the days ahead must wait", reason=str(exc))
        except Exception as exc:  # the next tick must come all the same
            _log.error("the list of the days ahead failed", error=type(exc).__name__)

    async def _begin(self, now: datetime) -> None:
        """Take over: what another process or run left."""
        await self._desk.take_up(now)
        if not self._has_begun:
            left = await count_left(self._database, TRANSPORTS)
            await self._reporting.recall()
            if left:
                self._reporting(LeftUncertain(0, left))
        self._has_begun = self._is_working = True
