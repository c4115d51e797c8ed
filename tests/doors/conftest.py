"""A room being served, for tests over HTTP and in a browser."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest_asyncio
from starlette.types import Receive, Scope, Send

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import migrate, open_database
from bot.doors.room.server import RoomServer
from tests.browser import browser, complaints, open_page, standing_page
from tests.calendars import real_calendar
from tests.commands.house import House
from tests.doors.room.rehearsal import Rehearsal
from tests.listings import with_listings

__all__ = ["browser", "complaints", "open_page", "standing_page"]


class Stage:
    """A server that outlives its rooms: each test gets a room of its own at one address."""

    def __init__(self) -> None:
        self.rehearsal = Rehearsal()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.rehearsal.room(scope, receive, send)

    def close(self) -> None:
        self.rehearsal.room.close()

    def renew(self, rehearsal: Rehearsal | None = None) -> Rehearsal:
        """Close the room and open the next."""
        self.close()
        self.rehearsal = rehearsal or Rehearsal()
        return self.rehearsal


@dataclass(frozen=True)
class Served:
    """A room at its address, and a client that speaks to it as its own page would."""

    rehearsal: Rehearsal
    address: str
    client: httpx.AsyncClient


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stages() -> AsyncIterator[tuple[Stage, str, Stage, str]]:
    """Two servers: one for tests that change something, one for those that only read."""
    changing, still = Stage(), Stage()
    servers = [RoomServer(stage, "127.0.0.1:0") for stage in (changing, still)]  # type: ignore[arg-type]
    for server in servers:
        await server.start()
    yield changing, servers[0].address, still, servers[1].address
    for server in servers:
        await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def room(stages: tuple[Stage, str, Stage, str]) -> AsyncIterator[Served]:
    """A room for one test."""
    stage, address, _, _ = stages
    async with _client(address) as client:
        yield Served(stage.renew(), address, client)


@pytest_asyncio.fixture(loop_scope="session")
async def listed_room(stages: tuple[Stage, str, Stage, str]) -> AsyncIterator[Served]:
    """A room over the real calendar, as if each of its documents stood at a listed address."""
    stage, address, _, _ = stages
    listed = with_listings(real_calendar())
    async with _client(address) as client:
        yield Served(stage.renew(Rehearsal(calendar=lambda: listed)), address, client)


@pytest_asyncio.fixture(loop_scope="session")
async def whole_room(stages: tuple[Stage, str, Stage, str], tmp_path: Path) -> AsyncIterator[Served]:
    """A room for one test, with the real commands over a real database."""
    stage, address, _, _ = stages
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'vigil.sqlite'}")
    await migrate(database)
    commands = House(Chats(database, Seal(b"k" * 32))).commands
    async with _client(address) as client:
        yield Served(stage.renew(Rehearsal(commands.answer)), address, client)
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def still_room(stages: tuple[Stage, str, Stage, str]) -> AsyncIterator[Served]:
    """The one room of all tests that only read."""
    _, _, stage, address = stages
    async with _client(address) as client:
        yield Served(stage.rehearsal, address, client)


def _client(address: str) -> httpx.AsyncClient:
    origin = address.rstrip("/")
    return httpx.AsyncClient(base_url=origin, headers={"Origin": origin}, trust_env=False, verify=False)
