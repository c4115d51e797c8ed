"""A sender as a process of its own, to be killed: `python -m tests.outbox.sender_process FOLDER START`.

What it sends is appended to a file, which stands for the other side: it keeps what it got.
"""

import asyncio
import os
import sys
import time
from collections.abc import Container
from datetime import datetime, timedelta
from pathlib import Path

from bot.chats.address import Address
from bot.outbox.transport import Limits, Parcel, Sent
from tests.databases import opened, sqlite_url
from tests.outbox.stage import NOON, HandClock, ScriptedTransport, Stage


class FileTransport(ScriptedTransport):
    """Writes every message to the end of a file, and answers a few milliseconds later."""

    def __init__(self, path: Path) -> None:
        super().__init__(limits=Limits(4096, 1024))
        self._path = path
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        await asyncio.sleep(0.002)
        await parcel.before_writing()
        os.write(self._file, f"{address.chat}\t{parcel.post.text}\n".encode())
        number = os.fstat(self._file).st_size
        await asyncio.sleep(0.005)
        return Sent(number)

    async def look(
        self, address: Address, after_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        content = self._path.read_bytes()
        found = content.find(f"{address.chat}\t{text}\n".encode(), after_id)
        return None if found < 0 else found + 1


class RealClock(HandClock):
    """Time that passes, from noon when the first process began."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began

    def __call__(self) -> datetime:
        return NOON + timedelta(seconds=self.elapsed())

    def elapsed(self) -> float:
        return time.time() - self._began


async def main(folder: Path, began: float) -> None:
    """Send all that is due, and end."""
    async with opened(sqlite_url(folder)) as database:
        stage = Stage(database, workers=20)
        stage.transport = FileTransport(folder / "arrived")
        stage.clock = RealClock(began)
        stage.outbox = stage.new_outbox()
        await stage.run()
        while await _waits(stage):
            await asyncio.sleep(0.05)
            await stage.run()
        await stage.stop()


async def _waits(stage: Stage) -> bool:
    """Whether something is to be looked at again before its day ends."""
    rows = await stage.rows("state", "next_at", "expires_at")
    return any(state == "uncertain" and next_at is not None and next_at < end for state, next_at, end in rows)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2])))
