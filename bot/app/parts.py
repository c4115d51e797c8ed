"""Every part of a running bot, made from the settings: who is given to whom."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.agenda.occurrences import Rules
from bot.app.channels import ChannelHouse
from bot.app.operators.office import Office
from bot.app.operators.wiring import Means, check_operators, open_chat, open_office
from bot.app.previewing import Previewing
from bot.app.reporting import Reporting
from bot.app.shelf import Shelf
from bot.app.telegram import Telegram, open_telegram
from bot.chats.belonging import check_bot
from bot.chats.channels import Channels
from bot.chats.chats import Chats
from bot.chats.key_file import key_warnings
from bot.chats.sealing import Seal, open_seal
from bot.commands.commands import Commands
from bot.database import Database, migrate, open_database
from bot.names import Index
from bot.outbox.carrier import Line
from bot.outbox.deletions import Deletions
from bot.outbox.erasing import erase_chat, forget_messages
from bot.outbox.holds import read_holds
from bot.outbox.lease import SenderLease
from bot.outbox.limiter import Limiter
from bot.outbox.outbox import Outbox
from bot.outbox.place import Place
from bot.outbox.single import SingleRun
from bot.records.collection import Calendar
from bot.settings import Settings
from bot.transports.room import RoomTransport

_ROOM_WORKERS = 2


@dataclass
class Parts:
    """A bot that can be started. `ticked_at` is aware UTC, null before the first tick."""

    shelf: Shelf
    rules: Rules
    database: Database
    seal: Seal
    chats: Chats
    commands: Commands
    outbox: Outbox
    reporting: Reporting
    room: RoomTransport
    telegram: Telegram | None
    deletions: Deletions
    channels: ChannelHouse
    previewing: Previewing
    office: Office | None
    warnings: list[str] = field(default_factory=list)
    ticked_at: datetime | None = None


@asynccontextmanager
async def put_together(settings: Settings, calendar: Calendar, clock: Callable[[], datetime]) -> AsyncIterator[Parts]:
    """The parts of a bot by these settings; closed at the end. VigilError in one line where one cannot be had."""
    check_operators(settings)
    async with AsyncExitStack() as stack:
        database = open_database(settings.database_url)
        stack.push_async_callback(database.close)
        if database.path is not None:
            stack.enter_context(SingleRun(database.path))
        await migrate(database)
        seal = await open_seal(database, settings.key_path)
        telegram = open_telegram(settings)
        if telegram is not None:
            await check_bot(database, seal, telegram.bot)
            await telegram.wire.start()
            stack.push_async_callback(telegram.wire.stop)
        rules = Rules(shelf_life_days=settings.shelf_life_days, leap_day=settings.leap_day)
        shelf = Shelf(calendar, rules, settings.contact or None)
        shelf.hold(await read_holds(database))
        yield _wired(settings, shelf, rules, _Base(database, seal, telegram, clock))


@dataclass(frozen=True, slots=True)
class _Base:
    database: Database
    seal: Seal
    telegram: Telegram | None
    clock: Callable[[], datetime]


def _wired(settings: Settings, shelf: Shelf, rules: Rules, base: _Base) -> Parts:
    chats = Chats(base.database, base.seal, erasers=(erase_chat,), movers=(forget_messages,))
    room = RoomTransport(base.clock)
    chat = open_chat(settings, base.telegram, base.database)
    reporting = Reporting(chat, base.database, base.clock)
    place = Place(
        base.database, base.seal, chats, lambda: shelf.edition, base.clock, reporting, settings.when_uncertain
    )
    lines = [Line(room, Limiter(None), workers=_ROOM_WORKERS)]
    if base.telegram is not None:
        lines.append(Line(base.telegram.transport, base.telegram.limiter))
    deletions = Deletions(base.database, chats, [line.transport for line in lines])
    lease = SenderLease(base.database, exclusive=base.database.is_sqlite)
    outbox = Outbox(place, lines, lease, folder=settings.home)
    channels = ChannelHouse(base.telegram, base.database, Channels(base.database, base.seal), outbox.waits)
    commands = Commands(
        shelf.calendar, chats, Index.of,
        rules=rules, contact=settings.contact or None, forget=outbox.forget, kept=outbox.kept, channels=channels,
    )  # fmt: skip
    return Parts(
        shelf,
        rules,
        base.database,
        base.seal,
        chats,
        commands,
        outbox,
        reporting,
        room,
        base.telegram,
        deletions,
        channels,
        Previewing(base.database, base.seal, channels),
        open_office(chat, Means(base.database, outbox, shelf, rules, reporting)),
        key_warnings(settings.key_path, base.database.path),
    )
