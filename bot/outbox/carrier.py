"""Handing out deliveries over one transport: a feeder that leases, and a fixed number of workers."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog

from bot.database_errors import DatabaseError
from bot.outbox.courier import Courier
from bot.outbox.flights import Flights
from bot.outbox.lease import SenderLease
from bot.outbox.leasing import Leased, Leasing
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import Limiter
from bot.outbox.place import Place
from bot.outbox.transport import Transport
from bot.outbox.verdict import State, Verdict, back_off, due
from bot.outbox.wakeful import Wakeful

_log = structlog.get_logger(__name__)

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A transport with its limiter, and how many workers may use it at once."""

    transport: Transport
    limiter: Limiter
    workers: int = 100


class Carrier(Wakeful):
    """One transport's sending under one epoch. `look` is called when something is to be looked for."""

    def __init__(
        self,
        place: Place,
        line: Line,
        ledger: Ledger,
        lease: SenderLease,
        *,
        flights: Flights,
        look: Callable[[], None],
    ) -> None:
        super().__init__()
        self._look = look
        self._place = place
        self._limiter = line.limiter
        self._ledger = ledger
        self._workers = line.workers
        self._leasing = Leasing(place.database, place.seal, line.transport.name, lease.epoch)
        self._courier = Courier(
            place=place,
            transport=line.transport,
            limiter=line.limiter,
            ledger=ledger,
            lease=lease,
            flights=flights,
            look=look,
        )
        self.refusals = self._courier.refusals
        self._ready: asyncio.Queue[Leased] = asyncio.Queue(line.workers)
        self._in_hand = 0
        self._at_once_again = 0

    async def run(self) -> None:
        """Carry until cancelled; after `stop`, until nothing is in hand."""
        async with asyncio.TaskGroup() as group:
            workers = [group.create_task(self._work()) for _ in range(self._workers)]
            await self._feed()
            await self._ready.join()
            for worker in workers:
                worker.cancel()

    async def stop(self) -> None:
        """Lease nothing more, and give back what no worker has in hand."""
        self._courier.is_stopping = True
        self._limiter.withdraw()
        self.wake()
        waiting = []
        with suppress(asyncio.QueueEmpty):
            while True:
                waiting.append(self._ready.get_nowait())
                self._ready.task_done()
        if waiting:
            await self._leasing.release(waiting)

    async def _feed(self) -> None:
        """Keep the workers in work, and wait where there is none."""
        while not self._courier.is_stopping:
            self._wake.clear()
            batch: list[Leased] = []
            if self.refusals.why_not is None and not self._limiter.all_held_s:
                batch = await self._leased()
            for delivery in batch:
                await self._hand_out(delivery)
            if not batch:
                if not (self._in_hand or self._at_once_again or self._wake.is_set()):
                    await self.refusals.broadcast_ended()
                    self._idle.set()
                await self._wait()

    async def _leased(self) -> list[Leased]:
        try:
            people = self._place.edition().people
            return await self._leasing.lease(_BATCH, now=self._place.clock(), people=people)
        except DatabaseError as exc:
            _log.warning("leasing_failed", reason=exc.reason)
            return []

    async def _hand_out(self, delivery: Leased) -> None:
        if self._courier.is_stopping:
            await self._leasing.release([delivery])
        else:
            await self._ready.put(delivery)

    async def _wait(self) -> None:
        timeout_s = self._limiter.all_held_s or None
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._wake.wait()

    async def _work(self) -> None:
        while True:
            delivery = await self._ready.get()
            self._in_hand += 1
            try:
                verdict = await self._courier.carry(delivery)
            except Exception as exc:  # one delivery's trouble must not end the worker
                _log.error("carrying_failed", error=type(exc).__name__)
                attempts = delivery.attempts + 1
                verdict = due(self._place.clock() + back_off(attempts), attempts=attempts, reason="defect")
            finally:
                self._in_hand -= 1
                self._ready.task_done()
            self._settle(delivery, verdict)
            if not self._in_hand and self._ready.empty():
                self._wake.set()

    def _settle(self, delivery: Leased, verdict: Verdict) -> None:
        if verdict.state == State.UNCERTAIN:
            self._ledger.settle(delivery.id, verdict, self._look)
        elif verdict.next_at is None:
            self._ledger.settle(delivery.id, verdict)
        elif (wait_s := (verdict.next_at - self._place.clock()).total_seconds()) > 0:
            self._ledger.settle(delivery.id, verdict)
            asyncio.get_running_loop().call_later(wait_s, self.wake)
        else:
            self._at_once_again += 1
            self._ledger.settle(delivery.id, verdict, self._due_again)

    def _due_again(self) -> None:
        self._at_once_again -= 1
        self.wake()
