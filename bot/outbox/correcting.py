"""Carrying corrections out: the queue of messages that are to say something else, worked off under a lease.

Results are written down round by round. What was in hand at a crash is edited once more, to the same.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import structlog

from bot.chats.address import TELEGRAM
from bot.database_errors import DatabaseError
from bot.outbox.amending import Amender, Brake
from bot.outbox.carrier import Line
from bot.outbox.correcting_rows import Due, Outcome, Step, due_rows, next_due_at, take_in, write_outcomes
from bot.outbox.lease import SenderLease
from bot.outbox.notices import Corrected
from bot.outbox.place import Place
from bot.outbox.wakeful import Wakeful

# The room keeps no message over a restart, and only a restart brings another calendar; a hold empties it.
CORRECTED = (TELEGRAM,)
# In hand at a time: a few seconds' worth at Telegram's rate.
_ROUND = 100
_AT_ONCE = 20
_RETRY_S = 1.0
_LONGEST_WAIT_S = 60.0

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Done:
    """What was done since the queue was last empty."""

    edited: int = 0
    answered: int = 0
    unreached: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        if outcome.step is None:
            self.edited += 1
        elif outcome.step is Step.ANSWERED:
            self.answered += 1
        elif outcome.step is not Step.DUE:
            self.unreached[outcome.reason or outcome.step] += 1


class Corrector(Wakeful):
    """Works off what is written down as to be corrected, as long as the lease is valid.

    `look` is awaited whenever there is nothing to do.
    """

    def __init__(
        self,
        place: Place,
        lines: Sequence[Line],
        lease: SenderLease,
        brakes: Mapping[str, Brake],
        *,
        look: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        super().__init__()
        self._place = place
        self._lease = lease
        self._brakes = brakes
        self._look = look
        self._amenders = {
            line.transport.name: Amender(
                place, line, brakes[line.transport.name], partial(self._may_write, line.transport.name)
            )
            for line in lines
            if line.transport.name in CORRECTED
        }
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._done = _Done()
        self._stopping = False

    def stop(self) -> None:
        """Begin nothing more; `run` ends once what is in hand has been written down."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Correct until stopped or cancelled."""
        has_begun = False
        while not self._stopping:
            self._wake.clear()
            try:
                if not has_begun:
                    await take_in(self._place.database)
                    has_begun = True
                if await self._some():
                    continue
                wait_s = await self._rest()
            except DatabaseError as exc:
                _log.warning("correcting_failed", reason=exc.reason)
                wait_s = _RETRY_S
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._wake.wait()

    async def _some(self) -> int:
        """Correct what is due, as much as is taken at a time; how many messages were tried."""
        open_ = [name for name, amender in self._amenders.items() if self._is_open(name, amender)]
        if not open_:
            return 0
        now = self._place.clock()
        due = await due_rows(self._place.database, self._place.seal, open_, _ROUND, now)
        outcomes = await asyncio.gather(*map(self._attempt, due))
        tried = [outcome for outcome in outcomes if outcome is not None]
        await self._write(tried)
        return len(tried)

    async def _attempt(self, due: Due) -> Outcome | None:
        amender = self._amenders[due.chat.address.transport]
        async with self._free:
            try:
                return await amender.amend(due)
            except DatabaseError as exc:
                _log.warning("correcting_failed", reason=exc.reason)
                return None
            except Exception as exc:  # one message's trouble must not end the others
                _log.error("correcting_failed", error=type(exc).__name__)
                return amender.later_after_defect(due)

    async def _write(self, outcomes: Sequence[Outcome]) -> None:
        """Write until it is written: an answer forgotten would be in doubt."""
        while outcomes:
            try:
                await write_outcomes(self._place.database, outcomes)
                break
            except DatabaseError as exc:
                _log.warning("correcting_failed", reason=exc.reason)
                await asyncio.sleep(_RETRY_S)
        for outcome in outcomes:
            self._done.add(outcome)

    async def _rest(self) -> float | None:
        """Tell what was done, look for what is to be done, and say how long to wait; null for a wake."""
        next_at = await next_due_at(self._place.database)
        if next_at is None and self._done != _Done():
            done, self._done = self._done, _Done()
            self._place.report(Corrected(done.edited, done.answered, dict(done.unreached)))
        if self._look is not None and not self._stopping:
            await self._look()
        if not self._wake.is_set():
            self._idle.set()
        held_s = [one.line.limiter.all_held_s for name, one in self._amenders.items() if self._may_write(name)]
        if next_at is None or not held_s:
            return None
        wait_s = max(min(held_s), (next_at - self._place.clock()).total_seconds())
        return min(wait_s, _LONGEST_WAIT_S) if wait_s > 0 else _RETRY_S

    def _is_open(self, name: str, amender: Amender) -> bool:
        return self._may_write(name) and not amender.line.limiter.all_held_s

    def _may_write(self, name: str) -> bool:
        return not self._stopping and self._brakes[name].why_not is None and self._lease.is_valid
