"""Writing down what happens to deliveries, in groups: `sending` just before, verdicts just after.

One transaction serves all who wait at a time, and the time it takes is the time in which the next
group gathers. A worker writes its request only once its `sending` is on the disk; nobody waits for
verdicts, and after a crash those not yet written are the uncertain ones.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.database import Database
from bot.database_errors import DatabaseError
from bot.outbox.entries import mark_sending, settle
from bot.outbox.sightings import write_sightings
from bot.outbox.verdict import State, Verdict

# For so long a small group gathers besides: a worker waits a little longer, and half as many transactions do.
_GATHER_S, _ENOUGH = 0.002, 8
_RETRY_S = 1.0


@dataclass(slots=True, eq=False)
class _Ask:
    """A worker with its turn in hand that waits for `sending` to be on the disk."""

    delivery: int
    content: int
    marked: asyncio.Future[bool]


@dataclass(slots=True, eq=False)
class _Joined:
    """Somebody who waits for something else to be on the disk."""

    write: Callable[[Connection], None]
    written: asyncio.Future[bool]


class Ledger:
    """The one writer of what becomes of deliveries, for one epoch of the sender.

    `trouble` is told once when the database fails; writing is tried again until it succeeds. `settled`
    is told of each delivery about which nothing more is to be done, `landed` of those of which something
    is on the disk.
    """

    def __init__(
        self,
        database: Database,
        epoch: int,
        *,
        clock: Callable[[], datetime],
        trouble: Callable[[str], object],
        settled: Callable[[State], None] = lambda state: None,
        landed: Callable[[Collection[int]], None] = lambda deliveries: None,
    ) -> None:
        self._database = database
        self.epoch = epoch
        self._clock = clock
        self._trouble = trouble
        self._settled = settled
        self._landed = landed
        self._asks: list[_Ask] = []
        self._joined: list[_Joined] = []
        self._verdicts: dict[int, Verdict] = {}
        self._afterwards: list[Callable[[], None]] = []
        self._sightings: dict[int, int] = {}
        self._something = asyncio.Event()
        self._written = asyncio.Event()
        self._written.set()

    async def mark_sending(self, delivery: int, content: int) -> bool:
        """Return once `sending` is on the disk; False if the delivery is not ours any more."""
        ask = _Ask(delivery, content, asyncio.get_running_loop().create_future())
        self._asks.append(ask)
        self._something.set()
        return await ask.marked

    async def join(self, write: Callable[[Connection], None]) -> bool:
        """Return once what this writes is on the disk, together with a group; False if there was trouble before."""
        joined = _Joined(write, asyncio.get_running_loop().create_future())
        self._joined.append(joined)
        self._something.set()
        return await joined.written

    def settle(self, delivery: int, verdict: Verdict, then: Callable[[], None] | None = None) -> None:
        """Have a verdict written within a few milliseconds, and `then` called once it is on the disk."""
        self._verdicts[delivery] = verdict
        if verdict.next_at is None:
            self._settled(verdict.state)
        if then is not None:
            self._afterwards.append(then)
        self._written.clear()
        self._something.set()

    def see(self, chat: int, message_id: int) -> None:
        """Have it written, with the next group, that a channel's ids have come this far."""
        self._sightings[chat] = max(message_id, self._sightings.get(chat, 0))

    async def flushed(self) -> None:
        """Return once every verdict so far is on the disk."""
        await self._written.wait()

    async def run(self) -> None:
        """Write group after group until cancelled."""
        while True:
            await self._something.wait()
            if len(self._asks) < _ENOUGH:
                await asyncio.sleep(_GATHER_S)
            self._something.clear()
            await self._write_group()
            if not self._verdicts:
                self._written.set()

    async def _write_group(self) -> None:
        asks, self._asks = self._asks, []
        joined, self._joined = self._joined, []
        verdicts, self._verdicts = self._verdicts, {}
        afterwards, self._afterwards = self._afterwards, []
        sightings, self._sightings = self._sightings, {}
        asks = [ask for ask in asks if not ask.marked.done()]
        contents = {ask.delivery: ask.content for ask in asks}
        failed = False

        def write(now: datetime, connection: Connection) -> Collection[int]:
            marked = mark_sending(connection, contents, self.epoch, now)
            settle(connection, verdicts, self.epoch)
            write_sightings(connection, sightings)
            for other in joined:
                other.write(connection)
            return marked

        while True:
            try:
                marked = await self._database.transact(partial(write, self._clock()))
                break
            except DatabaseError as exc:
                if not failed:
                    self._trouble(exc.reason)
                failed = True
                await asyncio.sleep(_RETRY_S)
        self._landed(verdicts.keys())
        for call in afterwards:
            call()
        for other in joined:
            if not other.written.done():
                other.written.set_result(not failed)
        for ask in asks:
            if not ask.marked.done():
                # After trouble the turn in hand is old, and the day may be over: begin anew.
                ask.marked.set_result(ask.delivery in marked and not failed)
            if failed and ask.delivery in marked:
                self.settle(ask.delivery, Verdict(State.DUE, "database", self._clock()))
