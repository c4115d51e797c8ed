"""Everything that works under one epoch of the sender's lease: ledger, carriers, looker, corrector, lease keeper."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog

from bot.database_errors import DatabaseError
from bot.outbox.carrier import Carrier, Line
from bot.outbox.correcting import Corrector
from bot.outbox.correcting_watch import CorrectionWatch
from bot.outbox.flights import Flights
from bot.outbox.lease import RENEW_EVERY_S, SenderLease
from bot.outbox.ledger import Ledger
from bot.outbox.looking import Looker
from bot.outbox.place import Place
from bot.outbox.tidying import Tidier

_log = structlog.get_logger(__name__)

# SIGTERM is answered within five seconds: what is in flight has most of them.
_FINISH_S = 3.0
_FLUSH_S = 0.7


class Shift:
    """The tasks of one epoch; `run` ends when the lease is lost or `stop` was called."""

    def __init__(
        self,
        place: Place,
        lines: Sequence[Line],
        lease: SenderLease,
        watch: CorrectionWatch,
        *,
        flights: Flights,
        trouble: Callable[[str], object],
    ) -> None:
        self._lease = lease
        self._flights = flights
        self._ledger = Ledger(
            place.database,
            lease.epoch,
            clock=place.clock,
            trouble=trouble,
            settled=place.counts.settle,
            landed=flights.landed,
        )
        transports = {line.transport.name: line.transport for line in lines}
        self._looker = Looker(place, transports, self._ledger, self.wake)
        self._tidier = Tidier(place, transports, self._ledger, self._looker.idle)
        self.carriers = {
            line.transport.name: Carrier(place, line, self._ledger, lease, flights=flights, look=self.look)
            for line in lines
        }
        brakes = {name: carrier.refusals for name, carrier in self.carriers.items()}
        self._corrector = Corrector(place, lines, lease, brakes, look=watch.look)
        self._ended = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Have every carrier look for something due, and the corrector for something to correct."""
        for carrier in self.carriers.values():
            carrier.wake()
        self._corrector.wake()

    def look(self) -> None:
        """Have uncertain sends looked at, and silent messages that may have been left."""
        self._looker.wake()
        self._tidier.wake()

    async def idle(self) -> None:
        """Return once nothing is due or to be looked at now, and all is written down."""
        workers: list[Carrier | Looker | Tidier | Corrector] = [
            *self.carriers.values(),
            self._looker,
            self._tidier,
            self._corrector,
        ]
        while not all(worker.is_idle for worker in workers):
            for worker in workers:
                await worker.idle()
            await self._ledger.flushed()

    async def run(self) -> None:
        """Work until the lease is lost, or what is in hand when `stop` is called is done."""
        carrying = [self._task(carrier.run()) for carrier in self.carriers.values()]
        carrying.append(self._task(self._corrector.run()))
        works = (self._ledger.run(), self._looker.run(), self._tidier.run(), self._keep_lease())
        others = [self._task(work) for work in works]
        try:
            await self._ended.wait()
            if self._stopping:
                await asyncio.wait(carrying, timeout=_FINISH_S)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ledger.flushed(), _FLUSH_S)
        finally:
            await _end([*carrying, *others])
            self._flights.close()

    async def turn_page(self) -> None:
        """Strike off what arrived long ago, if nothing is under way; DatabaseError."""
        await self._flights.turn_page()

    async def stop(self) -> None:
        """Lease nothing more, and let `run` end once what is in flight has been written down."""
        self._stopping = True
        for carrier in self.carriers.values():
            await carrier.stop()
        self._corrector.stop()
        self._ended.set()

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._task_ended)
        return task

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        """None of them ends by itself but when stopping: another end is a defect, and the shift begins anew."""
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("shift_failed", error=type(error).__name__)
            self._ended.set()

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY_S)
            try:
                kept = await self._lease.renew()
            except DatabaseError:
                kept = self._lease.is_valid
            if not kept:
                self._ended.set()
                return


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
