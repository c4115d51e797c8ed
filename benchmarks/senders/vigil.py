"""Vigil as a sender: the real outbox over the real transport, without limits of ours.

What was due is planned before the watch starts, as the peers' queues are filled before.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scene import Records
from benchmarks.senders.task import Task, Watch, asked
from bot.app.interpreter import tune
from bot.chats.chats import Chats
from bot.chats.sealing import open_seal
from bot.outbox.carrier import Line
from bot.outbox.erasing import erase_chat
from bot.outbox.lease import SenderLease
from bot.outbox.limiter import Limiter
from bot.outbox.outbox import Outbox
from bot.outbox.place import Place
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.databases import opened, sqlite_url


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


async def main(task: Task) -> None:
    """Plan what is due, then send all of it while the watch runs."""
    home, shelf = Path(task.home), Records(str(task.options["calendar"]), str(task.options["seeds"])).shelf()
    async with opened(sqlite_url(home)) as database, Wire(task.token, task.api) as wire:
        seal = await open_seal(database, home / "vigil.key")
        limiter = Limiter(None)
        chats = Chats(database, seal, erasers=(erase_chat,))
        place = Place(database, seal, chats, lambda: shelf.edition, utc_now, lambda notice: None)
        lines = [Line(TelegramTransport(wire, limiter), limiter)]
        outbox = Outbox(place, lines, SenderLease(database, exclusive=True))
        await outbox.tick(utc_now())
        tune()
        watch = Watch()
        working = asyncio.create_task(outbox.run_workers())
        await asyncio.sleep(0)
        outbox.wake()
        await outbox.drained()
        watch.stop()
        await outbox.stop()
        await working


if __name__ == "__main__":
    asyncio.run(main(asked()))
