"""A door being held open to a server that answers as Telegram does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.commands.commands import Commands
from bot.database import migrate, open_database
from bot.doors.telegram.door import TelegramDoor
from bot.doors.telegram.house import House
from bot.doors.telegram.intake import Intake
from bot.doors.telegram.polling import Polling
from bot.doors.telegram.profile import Profile
from bot.names import Index
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.calendars import real_calendar
from tests.doors.telegram.neighbours import Record, Script
from tests.telegram import TelegramServer
from tests.transports.pacers import FreePacer


class Porch:
    """Everything around the door: the server, what answers, and what was told."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.people = server.people
        self.script = Script()
        self.record = Record()
        self.pacer = FreePacer()
        self.wire = Wire(server.token, server.api)
        self.door: TelegramDoor | None = None
        self.is_ours = True
        self.running: asyncio.Task[None] | None = None

    async def open(self, profile: Profile | None = None) -> asyncio.Task[None]:
        """Open a door; it is closed with the test."""
        await self.wire.start()
        transport = TelegramTransport(self.wire, self.pacer)
        house = House(self.wire, transport, self.pacer, self.script, self.record, self.now, back_off_s=0.001)
        self.intake = Intake(house)
        way = Polling(self.wire, self.intake.accept, lambda: self.is_ours, back_off_s=0.001)
        self.door = TelegramDoor(self.wire, way, profile)
        self.running = asyncio.create_task(self.door.run())
        return self.running

    def now(self) -> datetime:
        """The server's time."""
        return datetime.fromtimestamp(self.server.clock.now(), UTC)

    async def close(self) -> None:
        """Close the door, and wait until it is."""
        if self.door is not None and self.running is not None:
            self.door.stop()
            await asyncio.wait([self.running])
        await self.wire.stop()

    async def quiet(self) -> None:
        """Wait until every update is handled and confirmed."""
        await self.server.wait_for(lambda: not self.server.updates.pending())


@pytest.fixture
async def closed() -> AsyncIterator[Porch]:
    """A porch whose door is still closed."""
    async with TelegramServer() as server:
        porch = Porch(server)
        try:
            yield porch
        finally:
            await porch.close()


@pytest.fixture
async def porch(closed: Porch) -> Porch:
    """A porch with its door open."""
    await closed.open()
    return closed


@pytest.fixture
async def chats(tmp_path: Path) -> AsyncIterator[Chats]:
    """The chats of an empty database."""
    opened = open_database(f"sqlite+aiosqlite:///{tmp_path / 'vigil.sqlite'}")
    await migrate(opened)
    yield Chats(opened, Seal(b"k" * 32))
    await opened.close()


@pytest.fixture
async def talk(closed: Porch, chats: Chats) -> Porch:
    """A porch behind whose door the real commands answer."""
    commands = Commands(real_calendar, chats, Index.of, contact="mistakes@example.org")
    closed.script = commands  # type: ignore[assignment]
    await closed.open()
    return closed
