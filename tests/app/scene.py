"""What stands before the bot starts: a death that is remembered today, and chats that wait for it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from bot.agenda.wishes import Wishes
from bot.chats.address import ROOM, TELEGRAM, Address, ChatKind
from bot.chats.chat import Chat
from bot.chats.chats import Chats
from bot.chats.sealing import open_seal
from bot.database import Database
from bot.outbox.tables import deliveries
from tests.calendars import copy_of_the_records
from tests.databases import opened, sqlite_url
from tests.telegram import Chat as TelegramChat
from tests.telegram import TelegramServer, Topic, User

T = TypeVar("T")
ROOM_ADDRESS = Address(ROOM, "room")
PATIENCE_S = 20.0
MIDNIGHT = time(0)
DEATH = "ihar-lednik-death"


def remembered_today(folder: Path) -> dict[str, object]:
    """Settings with a calendar in which nothing stands but a death on today's month and day of 2024.

    A leap year, so that every day of a year is one of it.
    """
    calendar, seeds = copy_of_the_records(folder)
    for other in [*(calendar / "events").glob("*.yaml"), *(calendar / "observances").glob("*.yaml")]:
        if other.stem != DEATH:
            other.unlink()
    death = calendar / "events" / f"{DEATH}.yaml"
    words = death.read_text("utf-8")
    date = f'"{datetime.now(UTC).replace(year=2024):%Y-%m-%d}"'
    assert words.count('"2024-02-20"') == 1
    death.write_text(words.replace('"2024-02-20"', date), "utf-8")
    return {"calendar": calendar, "seeds": seeds}


def address_of(chat: TelegramChat, topic: Topic | None = None) -> Address:
    """A chat of the local Telegram as the bot knows it."""
    return Address(TELEGRAM, str(chat.id), topic.id if topic else 0, ChatKind(chat.kind))


def subscribe(
    home: Path,
    *addresses: Address,
    language: str = "en",
    at: time = MIDNIGHT,
    url: str | None = None,
    follows: Sequence[str] = (),
) -> None:
    """Chats that subscribed yesterday: what falls on today is due at once. `url` where the database is not SQLite."""

    async def add(database: Database, chats: Chats) -> None:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        for address in addresses:
            wishes = Wishes(facts="never")
            chat = await chats.subscribe(address, now=yesterday, language=language, zone="UTC", at=at, wishes=wishes)
            for person in follows:
                await chats.follow(chat.id, person)

    _with_database(home, add, url)


def chats_in(home: Path) -> dict[Address, Chat]:
    """Every chat in the database, by its address."""

    async def read(database: Database, chats: Chats) -> dict[Address, Chat]:
        return {chat.address: chat for chat in await chats.listing()}

    return _with_database(home, read)


def followed_in(home: Path, people: Sequence[str]) -> dict[Address, frozenset[str]]:
    """Whom of these people each chat in the database follows."""

    async def read(database: Database, chats: Chats) -> dict[Address, frozenset[str]]:
        return {chat.address: await chats.following(chat.id, people) for chat in await chats.listing()}

    return _with_database(home, read)


def sealed_as(home: Path, address: Address) -> bytes:
    """A chat's id as the database of this home has it, or would have it."""

    async def seal(database: Database, chats: Chats) -> bytes:
        return (await open_seal(database, home / "vigil.key")).seal(address.transport, address.chat)

    return _with_database(home, seal)


def states_in(home: Path, url: str | None = None) -> list[str]:
    """The states of all deliveries, sorted."""

    async def read(database: Database, chats: Chats) -> list[str]:
        async with database.read() as connection:
            return sorted(await connection.scalars(select(deliveries.c.state)))

    return _with_database(home, read, url)


def pending_in(home: Path) -> int:
    """How many deliveries are on their way; one that waits for a person to decide is not."""
    left = (deliveries.c.state == "uncertain") & (deliveries.c.next_at == deliveries.c.expires_at)

    async def count(database: Database, chats: Chats) -> int:
        async with database.read() as connection:
            query = select(func.count()).where(deliveries.c.next_at.is_not(None), ~left)
            return int(await connection.scalar(query) or 0)

    return _with_database(home, count)


def answer(server: TelegramServer, reader: User, text: str) -> str:
    """What the bot answers to somebody in private."""
    before = len(server.messages(reader.id, by_bot=True))
    server.people.say(reader, text)
    return str(server.wait(lambda: server.texts(reader.id)[before:], PATIENCE_S)[0])


def _with_database(home: Path, act: Callable[[Database, Chats], Awaitable[T]], url: str | None = None) -> T:
    async def run() -> T:
        async with opened(url or sqlite_url(home)) as database:
            return await act(database, Chats(database, await open_seal(database, home / "vigil.key")))

    return asyncio.run(run())
