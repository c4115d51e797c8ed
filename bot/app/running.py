"""`vigil run`: the parts are put together, started in order, and ended within five seconds.

The clock is read here, at the edge, and passed inward.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.greeting import ahead, known, next_lines
from bot.app.happenings import ChatHappenings
from bot.app.measuring import metrics_of
from bot.app.parts import Parts, put_together
from bot.app.room import ADDRESS, RoomParts, open_room
from bot.app.telegram import Telegram, open_door, open_intake
from bot.chats.belonging import keep_bot
from bot.doors.health import Health
from bot.errors import VigilError
from bot.outbox.holds import read_holds
from bot.outbox.transport import Fate, TransportError
from bot.records.collection import Calendar
from bot.settings import Settings

TICK_S = 10
_GREETING_PATIENCE_S = 3.0
_TICK_PATIENCE_S = 1.0

_log = structlog.get_logger(__name__)
Say = Callable[[str], None]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


async def run(settings: Settings, calendar: Calendar, say: Say) -> None:
    """Run until SIGINT or SIGTERM; VigilError where it cannot start, or cannot go on."""
    ending = asyncio.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, ending.set)
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(put_together(settings, calendar, utc_now))
        room = await stack.enter_async_context(_room(parts, settings))
        # Asked before anything is sent or polled: a refused token ends here in one line, instead of one from each.
        where = await _telegram_line(parts.telegram)
        if parts.telegram is not None:
            await keep_bot(parts.database, parts.seal, parts.telegram.bot)
        await stack.enter_async_context(_outbox(parts))
        door = await stack.enter_async_context(_telegram(parts))
        await _greet(parts, say, room, where)
        await _until(ending, door)
        say("Ending: what is in flight is finished first.")


async def tick(parts: Parts) -> None:
    """What is done every ten seconds: holds taken in, and whatever has come due."""
    now = utc_now()
    try:
        if parts.shelf.hold(await read_holds(parts.database)):
            # What stands in the room may name somebody who is held now: all of it goes.
            for message in parts.room.messages(ADDRESS):
                await parts.room.delete(ADDRESS, message.id)
    except VigilError as exc:
        # Unread holds may mean that somebody asked for silence: nothing is planned until they are known.
        _log.error("the holds cannot be read: nothing is planned", reason=str(exc))
        return
    await parts.outbox.tick(now)
    parts.ticked_at = now


@asynccontextmanager
async def _room(parts: Parts, settings: Settings) -> AsyncIterator[str]:
    health = Health(parts.database.ping, lambda: parts.ticked_at, utc_now, metrics_of(parts, utc_now))
    server = open_room(RoomParts(parts.shelf, parts.commands, parts.room, health, parts.rules), listen=settings.listen)
    await server.start()
    try:
        if await parts.chats.get(ADDRESS) is None:
            # The room is a chat like any other; a first visitor sees posts come without asking for them.
            await parts.chats.subscribe(ADDRESS, now=utc_now(), zone=_local_zone())
        yield server.address
    finally:
        await server.stop()


@asynccontextmanager
async def _outbox(parts: Parts) -> AsyncIterator[None]:
    await parts.outbox.begin()
    workers = asyncio.create_task(parts.outbox.run_workers())
    telling = asyncio.create_task(parts.reporting.run())
    # No calendar for the scheduler: a grace of a second loses jobs, and daily triggers fire twice in a fold.
    scheduler = AsyncIOScheduler(timezone=UTC)
    ticking = asyncio.Lock()

    async def tick_alone() -> None:
        async with ticking:
            await tick(parts)

    scheduler.add_job(
        tick_alone, "interval", seconds=TICK_S, next_run_time=utc_now(),
        misfire_grace_time=None, coalesce=True, max_instances=1,
    )  # fmt: skip
    scheduler.start()
    try:
        yield
    finally:
        scheduler.remove_all_jobs()
        # The scheduler would cancel a tick under way and call that an error; a long one is cancelled all the same.
        with suppress(TimeoutError):
            async with asyncio.timeout(_TICK_PATIENCE_S), ticking:
                pass
        scheduler.shutdown(wait=False)
        await parts.outbox.stop()
        for task in (workers, telling):
            task.cancel()
        await asyncio.gather(workers, telling, return_exceptions=True)


@asynccontextmanager
async def _telegram(parts: Parts) -> AsyncIterator[asyncio.Task[None] | None]:
    if parts.telegram is None:
        yield None
        return
    happenings = ChatHappenings(parts.chats, parts.outbox.saw)
    intake = open_intake(parts.telegram, parts.commands, happenings, utc_now)
    door = open_door(parts.telegram, intake, None, lambda: True)
    task = asyncio.create_task(door.run())
    try:
        yield task
    finally:
        door.stop()
        # The token's refusal was told where it was awaited; here only the end matters.
        await asyncio.gather(task, return_exceptions=True)


async def _greet(parts: Parts, say: Say, room: str, where: str) -> None:
    today = utc_now().astimezone().date()
    calendar = parts.shelf.calendar()
    for line in known(calendar, today):
        say(line)
    for line in next_lines(ahead(calendar, parts.shelf.edition.voice("en", today), parts.rules)):
        say(line)
    counted = await parts.chats.count()
    posting = sum(number for (_, state), number in counted.items() if state == "active")
    say(f"Room: {room}")
    say(f"{where} Chats that get posts: {posting}, the room included.")
    for warning in parts.warnings:
        say(warning)


async def _telegram_line(telegram: Telegram | None) -> str:
    if telegram is None:
        return "No Telegram: set VIGIL_TELEGRAM_TOKEN to post there."
    try:
        async with asyncio.timeout(_GREETING_PATIENCE_S):
            return f"Telegram: @{(await telegram.wire.identity()).username}."
    except TransportError as exc:
        if exc.fate is Fate.STOP:
            raise _refused() from exc
    except TimeoutError:
        pass
    return "Telegram cannot be reached now; Vigil goes on trying."


async def _until(ending: asyncio.Event, door: asyncio.Task[None] | None) -> None:
    waiting = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({waiting, door} if door else {waiting}, return_when=asyncio.FIRST_COMPLETED)
        if door is not None and door.done() and not ending.is_set():
            await _door_ended(door)
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting


async def _door_ended(door: asyncio.Task[None]) -> None:
    try:
        await door
    except TransportError as exc:
        raise _refused() from exc


def _refused() -> VigilError:
    return VigilError(
        "VIGIL_TELEGRAM_TOKEN: Telegram refuses this token; expected the one that BotFather shows for this bot "
        "(it may have been revoked)"
    )


def _local_zone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 (comes with APScheduler)

    return get_localzone_name() or "UTC"
