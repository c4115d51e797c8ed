"""The outbox at work: its workers, its tick every ten seconds, and the reports to the operators.

The clock is read here, at the edge, and passed inward.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.parts import Parts
from bot.app.room import ADDRESS
from bot.database_errors import DatabaseError
from bot.errors import VigilError
from bot.outbox.holds import read_holds

TICK_S = 10
_TICK_PATIENCE_S = 1.0
_LATE_S = 2.0
_JOB = "tick"

_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


async def tick(parts: Parts) -> None:
    """What is done every ten seconds: holds taken in, and, by the process that sends, whatever has come due."""
    now = utc_now()
    try:
        if parts.shelf.hold(await read_holds(parts.database)):
            # What stands in the room may name somebody who is held now: all of it goes.
            for message in parts.room.messages(ADDRESS):
                await parts.room.delete(ADDRESS, message.id)
    except DatabaseError as exc:
        # Unread holds may mean that somebody asked for silence: nothing is planned until they are known.
        parts.outbox.tell_trouble(exc.reason)
        return
    await _show_previews(parts, now)
    await parts.outbox.tick(now)
    await _delete_what_is_due(parts, now)
    if parts.office is not None:
        parts.office.tick(now)
    parts.ticked_at = now


async def _show_previews(parts: Parts, now: datetime) -> None:
    if not parts.outbox.is_sender:
        return
    try:
        await parts.previewing.show(parts.shelf.edition, now)
    except VigilError as exc:
        _log.error("posts of channels cannot be shown before their hour", reason=str(exc))


async def _delete_what_is_due(parts: Parts, now: datetime) -> None:
    try:
        await parts.deletions.delete_due(now, is_sender=parts.outbox.is_sender)
    except VigilError as exc:
        _log.error("messages that are to go cannot be deleted now", reason=str(exc))


class Ticking:
    """Everything that goes on by itself, from `start` to `stop`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._ticking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        # No calendar for the scheduler: a grace of a second loses jobs, and daily triggers fire twice in a fold.
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._ticked_at_s = 0.0

    async def start(self) -> None:
        """Begin to work, or to stand by where another process sends; VigilError where the clock cannot be right."""
        await self._parts.outbox.begin()
        self._tasks = {
            asyncio.create_task(self._parts.outbox.run_workers()),
            asyncio.create_task(self._parts.reporting.run()),
            asyncio.create_task(self._keep_ticking()),
        }
        if self._parts.office is not None:
            self._tasks.add(asyncio.create_task(self._parts.office.run()))
        self._scheduler.add_job(
            self._tick_by_the_clock, "interval", seconds=TICK_S, next_run_time=utc_now(), id=_JOB,
            misfire_grace_time=None, coalesce=True, max_instances=2,
        )  # fmt: skip
        self._scheduler.start()

    def tick_now(self) -> None:
        """Tick at once, besides those that come by the clock."""
        task = asyncio.create_task(self._tick_alone())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Begin nothing more and end what is in flight; no other process takes over before `stop`."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
        await asyncio.gather(self._last_tick(), self._parts.outbox.finish(), self._parts.reporting.finish())

    async def stop(self) -> None:
        """End everything, and let another process take over."""
        await self.finish()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await self._parts.outbox.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tick_by_the_clock(self) -> None:
        # A long tick is left to its work: the next comes soon enough, and the scheduler's warning would help nobody.
        if not self._ticking.locked():
            await self._tick_alone()

    async def _tick_alone(self) -> None:
        self._ticked_at_s = asyncio.get_running_loop().time()
        async with self._ticking:
            await tick(self._parts)

    async def _keep_ticking(self) -> None:
        """The scheduler goes by the wall clock: set back by days, it would be silent for as long."""
        while True:
            await asyncio.sleep(TICK_S)
            late_s = asyncio.get_running_loop().time() - self._ticked_at_s - TICK_S
            if late_s > _LATE_S and (job := self._scheduler.get_job(_JOB)) is not None:
                job.modify(next_run_time=utc_now())

    async def _last_tick(self) -> None:
        """The scheduler would cancel a tick under way and call that an error; a long one is cancelled all the same."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_TICK_PATIENCE_S), self._ticking:
                pass
