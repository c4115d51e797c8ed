"""The operators' chat over a real database, with a transport that fails as a script says."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.app.operators.chat import OperatorsChat
from bot.app.reporting import Reporting
from bot.chats.address import Address
from bot.database import Database
from bot.outbox.limiter import Limiter
from bot.posts.post import Post
from tests.outbox.stage import HandClock, ScriptedTransport

OPERATORS = Address("telegram", "77")
PATIENCE_S = 10.0


class Told:
    """What reached the operators, and the means to fail."""

    def __init__(self, database: Database) -> None:
        self.clock = HandClock()
        self.transport = ScriptedTransport()
        self.limiter = Limiter(None)
        self.database = database
        self.chat = OperatorsChat(OPERATORS, self.transport, self.limiter, database)
        self.reporting = Reporting(self.chat, database, self.clock, elapsed=self.clock.elapsed)
        self._never = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    @property
    def failures(self) -> list[object]:
        """What becomes of the next attempts, one by one; null lets one pass."""
        return self.transport.script[OPERATORS.chat]  # type: ignore[return-value]  # appended to, never read

    @property
    def texts(self) -> list[str]:
        return [parcel.post.text for _, parcel in self.transport.sent]

    @property
    def posts(self) -> list[Post]:
        return [parcel.post for _, parcel in self.transport.sent]

    def start(self) -> None:
        """Begin to tell."""
        self._running = asyncio.create_task(self.reporting.run())

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._never.wait(), 0.002)

    async def stop(self) -> None:
        """Tell no more, without last words."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
