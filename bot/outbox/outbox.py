"""The outbox: what `app` wires, ticks and stops.

`tick` is idempotent and does what has come due; `run_workers` sends. Either takes the sender's
lease where it is free: on SQLite at once, on PostgreSQL when no other process has it.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import structlog

from bot.chats.address import TRANSPORTS, Address, ChatKind
from bot.database_errors import DatabaseError
from bot.outbox.carrier import Line
from bot.outbox.correcting_watch import CorrectionWatch, has_read_last
from bot.outbox.corrections import Found, find_corrections
from bot.outbox.erasing import count_of, erase
from bot.outbox.flights import Flights, take_left
from bot.outbox.forgetting import forget_chat
from bot.outbox.gauges import Counts
from bot.outbox.last_tick import keep_last_tick, last_tick
from bot.outbox.lateness import Warnings
from bot.outbox.lease import SenderLease, boot_clock
from bot.outbox.looking import count_left, resend_left
from bot.outbox.notices import Trouble
from bot.outbox.place import Place
from bot.outbox.planning import Planner
from bot.outbox.recovery import expire, recover
from bot.outbox.shift import Shift
from bot.outbox.sightings import write_sightings
from bot.outbox.steady_clock import ClockError, SteadyClock, check_start
from bot.outbox.verdict import State
from bot.outbox.waits import Floods

_log = structlog.get_logger(__name__)

# A standby asks this often, so that it takes over within five seconds of a sender that died.
_STANDBY_S = 0.25
_ERASE_EVERY_S = 3600.0


class Outbox:
    """Plans, sends, settles and erases for the chats of one database, over these lines."""

    def __init__(
        self,
        place: Place,
        lines: Sequence[Line],
        lease: SenderLease,
        *,
        elapsed: Callable[[], float] = boot_clock,
        folder: Path | None = None,
    ) -> None:
        """`folder` is where it is kept what is under way; without one a kill leaves all that was in hand uncertain."""
        self._clock = SteadyClock(place.clock, elapsed)
        self._place = replace(place, clock=self._clock)
        self._lines = tuple(lines)
        self._lease = lease
        self._folder = folder
        self._elapsed = elapsed
        self._planner = Planner(place.database, place.seal)
        self._warnings = Warnings(place.database, self._lines, elapsed)
        self._watch = CorrectionWatch(self._place)
        self._shift: Shift | None = None
        self._taking = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._erased_at: float | None = None
        self._trouble: str | None = None

    @property
    def halted(self) -> dict[str, str]:
        """The transports over which nothing is sent until somebody resumes, and why."""
        carriers = self._shift.carriers if self._shift is not None else {}
        return {name: why for name, carrier in carriers.items() if (why := carrier.refusals.why_not) is not None}

    @property
    def is_sender(self) -> bool:
        """Whether this process holds the sender's lease."""
        return self._shift is not None and self._lease.is_valid

    @property
    def holds_lease(self) -> bool:
        """Whether no other process can be the sender now, though this one may have finished sending."""
        return self._lease.is_valid

    @property
    def counts(self) -> Counts:
        """What this process has done since it started."""
        return self._place.counts

    async def begin(self) -> bool:
        """Take the lease and take in what earlier runs left; False while another process has it.

        ClockError if the clock stands before what was planned the last time.
        """
        async with self._taking:
            if self._shift is not None:
                return True
            await self._watch.begin()
            if self._stopping.is_set() or not await self._lease.take():
                return False
            now = self._clock()
            await self._planner.load()
            await self._check_clock(now)
            left = take_left(self._folder, self._lease.before)
            await recover(self._place.database, self._lease.epoch, now, left)
            await self._remember_waits(now)
            flights = Flights(self._folder, self._lease)
            self._shift = Shift(
                self._place, self._lines, self._lease, self._watch, flights=flights, trouble=self.tell_trouble
            )
            return True

    async def tick(self, now: datetime) -> None:
        """Plan what has come due, record what was missed, erase what was kept long enough, and tell of it.

        A failing database and a clock that was set are told once, and nothing is planned meanwhile.
        """
        try:
            self._follow(now)
            if await self.begin():
                await self._do_what_is_due(now)
        except DatabaseError as exc:
            self.tell_trouble(exc.reason)
        except ClockError as exc:
            if self.tell_trouble("clock"):
                _log.error("clock", message=str(exc))
        else:
            self._trouble = None

    async def run_workers(self) -> None:
        """Send until `stop`; on PostgreSQL stand by until the lease is free, and again after losing it."""
        self._ended.clear()
        try:
            while not self._stopping.is_set():
                if await self._begun() and self._shift is not None:
                    await self._shift.run()
                    self._shift = None
                # Also after a shift that broke: it must not begin anew in a busy loop.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), _STANDBY_S)
        finally:
            self._ended.set()

    async def finish(self) -> None:
        """Lease nothing more, finish what is in flight and write it down; the lease is kept for a few seconds yet."""
        self._stopping.set()
        if self._shift is not None:
            await self._shift.stop()
            await self._ended.wait()

    async def stop(self) -> None:
        """Finish, and let another process take over."""
        await self.finish()
        with suppress(DatabaseError):
            await self._lease.release()

    def tell_trouble(self, reason: str) -> bool:
        """Tell once, until a tick has succeeded, what keeps it from working; False if that was told already."""
        if self._trouble == reason:
            return False
        self._trouble = reason
        self._place.report(Trouble(reason))
        return True

    def wake(self) -> None:
        """Look for something due now rather than at the next tick."""
        if self._shift is not None:
            self._shift.wake()

    async def drained(self) -> None:
        """Return once the workers have nothing to do now; at once where this process does not send."""
        if self._shift is not None:
            await self._shift.idle()

    def resume(self) -> None:
        """Send again over every transport that was stopped: somebody has looked into it."""
        if self._shift is not None:
            for carrier in self._shift.carriers.values():
                carrier.refusals.resume()
            self._shift.wake()

    async def resend_uncertain(self, now: datetime) -> int:
        """Send again what was left uncertain, though it may arrive twice: somebody decided so. How many."""
        # The clock by which leases are taken may stand a little before the wall's.
        resent = await resend_left(self._place.database, TRANSPORTS, min(now, self._clock()))
        self.wake()
        return resent

    async def find_corrections(self) -> Found:
        """Which posts that were sent state what the calendar does not say any more."""
        return await find_corrections(self._place.database, self._place.edition(), self._clock())

    async def has_read_last(self) -> bool:
        """Whether no other process has read another calendar since this one did."""
        return await has_read_last(self._place.database, self._place.edition())

    async def correct_all(self) -> Found | None:
        """Have them corrected, by whoever sends; None where this process has read an older calendar than another."""
        found = await self._watch.correct_all(self._clock())
        self.wake()
        return found

    async def saw(self, address: Address, message_id: int) -> None:
        """Somebody else's message of that id stands in a channel: looking for a later one of ours begins behind it."""
        chat = await self._place.chats.get(address)
        if chat is not None and chat.kind is ChatKind.CHANNEL:
            self._place.others.saw(chat.id, message_id)
            seen = {chat.id: message_id}
            await self._place.database.transact(lambda connection: write_sightings(connection, seen))

    async def waits(self, address: Address, seconds: float) -> None:
        """A chat asked of an answer to be left alone for so long (429): a restart must not forget it either."""
        try:
            chat = await self._place.chats.get(address)
            for line in self._lines:
                if line.transport.name == address.transport:
                    floods = Floods(self._place.database, line.transport.name, line.limiter)
                    await floods.keep(chat.id if chat is not None else None, seconds, self._clock())
        except DatabaseError as exc:
            _log.warning("a wait that was asked for could not be written down", reason=exc.reason)

    async def forget(self, address: Address, now: datetime) -> bool:
        """Erase every trace of a chat, and our messages of the last 48 hours in it; False if it was unknown."""
        return await forget_chat(self._place, [line.transport for line in self._lines], address, now)

    async def kept(self, chat_id: int) -> int:
        """How many deliveries are remembered of a chat."""
        async with self._place.database.read() as connection:
            return await count_of(connection, chat_id)

    async def _begun(self) -> bool:
        try:
            return await self.begin()
        except (DatabaseError, ClockError) as exc:
            self.tell_trouble(exc.reason if isinstance(exc, DatabaseError) else "clock")
            return False

    async def _check_clock(self, now: datetime) -> None:
        """ClockError if the clock stands before the last tick; another process, with a right one, may send then."""
        try:
            check_start(now, self._planner.until, await last_tick(self._place.database))
        except ClockError:
            await self._lease.release()
            raise

    def _follow(self, now: datetime) -> None:
        """Go with the wall clock; while it contradicts the time that passed, nothing is sent."""
        carriers = self._shift.carriers.values() if self._shift is not None else ()
        try:
            self._clock.follow(now)
        except ClockError:
            for carrier in carriers:
                carrier.refusals.doubts_clock = True
            raise
        for carrier in carriers:
            carrier.refusals.doubts_clock = False

    async def _do_what_is_due(self, now: datetime) -> None:
        database = self._place.database
        if not self._lease.is_exclusive:
            # A sender that was stopped may have marked something between our taking over and its waking up.
            await recover(database, self._lease.epoch, now)
        began_at = self._elapsed()
        planned = await self._planner.plan(self._place.edition(), now)
        self._place.counts.planned(self._elapsed() - began_at)
        missed = planned.missed + await expire(database, now)
        self._place.tally.missed(missed)
        self._place.counts.settle(State.MISSED, missed.total())
        if self._shift is not None:
            self._shift.wake()
            self._shift.look()
            await self._shift.turn_page()
        for late in await self._warnings.due(now, planned=bool(planned.due)):
            self._place.report(late)
        await self._erase(now)
        left = await count_left(database, TRANSPORTS) if self._place.tally.has_left else 0
        for notice in self._place.tally.notices(left):
            self._place.report(notice)

    async def _erase(self, now: datetime) -> None:
        elapsed = self._elapsed()
        if self._erased_at is not None and elapsed - self._erased_at < _ERASE_EVERY_S:
            return
        self._erased_at = elapsed
        await keep_last_tick(self._place.database, now)
        await erase(self._place.database, now)
        await self._planner.forget_waves(now)

    async def _remember_waits(self, now: datetime) -> None:
        for line in self._lines:
            await Floods(self._place.database, line.transport.name, line.limiter).recall(self._place.seal, now)
