"""Carrying deliveries out over one transport: a feeder that leases, and a fixed number of workers.

A worker has its content, its turn and its connection in hand before `sending` is written, and writes
its request immediately after (`departure`). Nothing here retries: a verdict says when a delivery is due again.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.chats.address import ChatKind
from bot.database_errors import DatabaseError
from bot.outbox.contents import Content, Contents
from bot.outbox.departure import Departure
from bot.outbox.flights import Flights
from bot.outbox.lease import SenderLease
from bot.outbox.leasing import Leased, Leasing
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import Limiter, Turn, WithdrawnError
from bot.outbox.place import Place
from bot.outbox.previews import SKIPPED
from bot.outbox.probing import Probing
from bot.outbox.refusals import Refusals
from bot.outbox.transport import Fate, Parcel, Transport, TransportError
from bot.outbox.verdict import State, Verdict, back_off, dropped, due, missed, sent, uncertain

_log = structlog.get_logger(__name__)

# Whoever must wait longer for its own chat's limit gives its worker to another.
_PATIENCE_S = 2.0
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A transport with its limiter, and how many workers may use it at once."""

    transport: Transport
    limiter: Limiter
    workers: int = 100


class Carrier:
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
        transport = line.transport
        self._look = look
        self._place = place
        self._transport = transport
        self._limiter = line.limiter
        self._ledger = ledger
        self._lease = lease
        self._flights = flights
        self._workers = line.workers
        self._leasing = Leasing(place.database, place.seal, transport.name, lease.epoch)
        self._contents = Contents(place.database, transport.name, transport.limits, place.edition)
        self._probing = Probing(
            place=place,
            transport=transport,
            limiter=line.limiter,
            ledger=ledger,
            lease=lease,
            objection=lambda: self._objection(None),
            tidy=look,
        )
        self.refusals = Refusals(place, transport.name, line.limiter, self._contents, ledger)
        self._ready: asyncio.Queue[Leased] = asyncio.Queue(line.workers)
        self._wake = asyncio.Event()
        self._in_hand = 0
        self._at_once_again = 0
        self._idle = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look for something due now rather than at the next tick."""
        self._idle.clear()
        self._wake.set()

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Return once nothing is due, in hand or about to be due again."""
        await self._idle.wait()

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
        self._stopping = True
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
        while not self._stopping:
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
        if self._stopping:
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
                verdict = await self._carry(delivery)
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

    async def _carry(self, delivery: Leased) -> Verdict:
        """Take one delivery as far as it gets now."""
        if (verdict := self._not_now(delivery)) is not None:
            return verdict
        content = await self._contents.of(delivery)
        if content is None:
            return dropped("nothing_to_say")
        try:
            if delivery.chat.kind is ChatKind.CHANNEL and (error := await self._probing.begin(delivery.chat)):
                if (reason := self._objection(None)) is not None:
                    return due(self._place.clock(), attempts=delivery.attempts, reason=reason)
                return await self.refusals.before_sending(delivery, content, error)
            silent = delivery.chat.silent
            async with content.parcel(silent=silent) as parcel, self._limiter.take(delivery.address) as turn:
                return await self._send(delivery, content, parcel, turn)
        except WithdrawnError:
            wait_s = self._limiter.all_held_s
            return due(self._place.clock() + timedelta(seconds=wait_s), attempts=delivery.attempts, reason="limit")

    def _not_now(self, delivery: Leased) -> Verdict | None:
        """Why it is not to be sent, or not by this worker; null if it is."""
        now = self._place.clock()
        if delivery.chat.state != "active":
            return dropped(delivery.chat.state)
        if delivery.is_before_first_day:
            return dropped("resting")
        if delivery.is_skipped:
            return dropped(SKIPPED)
        if now >= delivery.expires_at:
            self._place.tally.missed({delivery.day: 1})
            return missed()
        wait_s = max(self._limiter.wait_s(delivery.address), self._limiter.all_held_s)
        if _PATIENCE_S < wait_s < float("inf"):
            return due(now + timedelta(seconds=wait_s), attempts=delivery.attempts, reason="limit")
        return None

    async def _send(self, delivery: Leased, content: Content, parcel: Parcel, turn: Turn) -> Verdict:
        departure = Departure(
            self._lease,
            turn,
            lambda: self._ledger.mark_sending(delivery.id, content.id),
            lambda: self._objection(content),
            written=lambda: self._flights.written(delivery.id),
        )
        try:
            arrived = await self._transport.send(delivery.address, replace(parcel, before_writing=departure.ask))
        except TransportError as exc:
            if departure.refused is not None:
                # Forgotten, unsubscribed or taken over: where it is still ours, the next lease says which.
                return due(self._place.clock(), attempts=delivery.attempts, reason=departure.refused)
            self._place.counts.send(self._transport.name, exc.fate)
            return await self.refusals.after(delivery, content, exc)
        except Exception as exc:  # it may have been written: never again blindly
            if not departure.is_marked:
                raise
            _log.error("sending_failed", error=type(exc).__name__)
            self._place.counts.send(self._transport.name, Fate.UNCERTAIN)
            return uncertain("defect", delivery.attempts + 1, self._place.clock())
        self._flights.arrived(delivery.id, arrived.message_id)
        self._place.tally.sent += 1
        self._place.counts.send(self._transport.name, None)
        await self.refusals.succeeded(delivery)
        await self._contents.uploaded(content, arrived.picture_ref)
        if delivery.chat.kind is ChatKind.CHANNEL:
            self._ledger.see(delivery.chat.id, arrived.message_id)
        return sent(arrived.message_id, delivery.attempts)

    def _objection(self, content: Content | None) -> str | None:
        """Why nothing, or nothing of this, is to be written; null if it is."""
        if self._stopping:
            return "stopping"
        if content is not None and not self._contents.is_current(content):
            return "outdated"
        return self.refusals.why_not
