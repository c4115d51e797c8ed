"""`vigil run`: the parts are put together, started in order, and ended within five seconds.

The clock is read here, at the edge, and passed inward.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.app.duty import Duty
from bot.app.entrance import Entrance
from bot.app.greeting import ahead, known, next_lines
from bot.app.interpreter import tune
from bot.app.parts import Parts, put_together
from bot.app.serving import public_served, room_served
from bot.app.telegram import Telegram
from bot.app.ticking import Ticking, utc_now
from bot.app.webhook import webhook_of
from bot.chats.belonging import keep_bot
from bot.errors import VigilError
from bot.outbox.last_tick import trust_clock
from bot.outbox.transport import Fate, TransportError
from bot.records.collection import Calendar
from bot.settings import Settings

_GREETING_PATIENCE_S = 3.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Where:
    """What the greeting says of where Vigil is: the room, Telegram in a sentence, the public listener if any."""

    room: str
    telegram: str
    public: str | None
    has_webhook: bool


async def run(settings: Settings, calendar: Calendar, say: Say, *, trust: bool = False) -> None:
    """Run until SIGINT or SIGTERM; VigilError where it cannot start, or cannot go on.

    With `trust` the clock is right whatever it was before.
    """
    ending = _asked_to_end()
    hook = webhook_of(settings)
    async with AsyncExitStack() as stack:
        with _new_key_told(settings.key_path, say):
            parts = await stack.enter_async_context(put_together(settings, calendar, utc_now))
        if trust:
            await trust_clock(parts.database, utc_now())
        room = await stack.enter_async_context(room_served(parts, settings))
        # Asked before anything is sent or polled: a refused token ends here in one line, instead of one from each.
        telegram = await _telegram_line(parts.telegram)
        if parts.telegram is not None:
            await keep_bot(parts.database, parts.seal, parts.telegram.bot)
        entrance = Entrance(parts, hook)
        public = await stack.enter_async_context(public_served(settings, hook, entrance.take))
        tune()
        ticking = Ticking(parts)
        stack.push_async_callback(ticking.stop)
        await ticking.start()
        duty = Duty(parts.outbox, entrance.open_door, ticking.tick_now)
        try:
            on_duty = duty.start()
            where = _Where(room.address, telegram, public.address if public else None, hook is not None)
            await _greet(parts, say, where)
            await _until(ending, on_duty)
            say("Ending: what is in flight is finished first.")
        finally:
            # All at once, since five seconds are what each of them may take. The lease goes last: whoever takes over
            # must not find unconfirmed what is answered here.
            stops = [server.stop() for server in (room, public) if server is not None]
            await asyncio.gather(duty.stop(), entrance.close(), ticking.finish(), *stops)


@contextmanager
def _new_key_told(path: Path, say: Say) -> Iterator[None]:
    """Say that a key was made, at once and whatever fails then: the next start finds it there and says nothing.

    Where VIGIL_KEY_FILE was mistyped, nothing else tells.
    """
    # Unlike Path.exists, no error where its folder may not be entered: `put_together` tells that in one line.
    was_there = os.path.exists(path)  # noqa: PTH110
    try:
        yield
    finally:
        if not was_there and os.path.exists(path):  # noqa: PTH110
            say(f"A new key was made: {path}")


def _asked_to_end() -> asyncio.Event:
    ending = asyncio.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, ending.set)
    return ending


async def _greet(parts: Parts, say: Say, where: _Where) -> None:
    today = utc_now().astimezone().date()
    calendar = parts.shelf.calendar()
    for line in known(calendar, today):
        say(line)
    for line in next_lines(ahead(calendar, parts.shelf.edition.voice("en", today), parts.rules)):
        say(line)
    counted = await parts.chats.count()
    posting = sum(number for (_, state), number in counted.items() if state == "active")
    say(f"Room: {where.room}")
    if where.public is not None:
        served = "takes Telegram's updates" if where.has_webhook else "serves nothing yet: no VIGIL_WEBHOOK_URL is set"
        say(f"Public: {where.public} {served}.")
    if not parts.outbox.is_sender:
        say("Standing by: another process sends; this one takes over within five seconds when that one ends.")
    say(f"{where.telegram} Chats that get posts: {posting}, the room included.")
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


async def _until(ending: asyncio.Event, on_duty: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({waiting, on_duty}, return_when=asyncio.FIRST_COMPLETED)
        if on_duty.done() and not ending.is_set():
            await _refusal_told(on_duty)
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting


async def _refusal_told(on_duty: asyncio.Task[None]) -> None:
    try:
        await on_duty
    except TransportError as exc:
        raise _refused() from exc


def _refused() -> VigilError:
    return VigilError(
        "VIGIL_TELEGRAM_TOKEN: Telegram refuses this token; expected the one that BotFather shows for this bot "
        "(it may have been revoked)"
    )
