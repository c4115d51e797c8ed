"""The doctor: looks at everything a running Vigil needs, changes nothing, and ends whatever it finds.

Works without a token, without a database, and beside a running bot.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.app.operators.wiring import check_operators as check_operators_setting
from bot.app.telegram import open_telegram
from bot.app.webhook import webhook_of
from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.bulk import read_chats
from bot.chats.key_file import KeyFileError, fitting_key
from bot.chats.sealing import Seal, fits, key_check
from bot.database import HEAD, Database, open_database, revision
from bot.errors import VigilError
from bot.operating.checks.calendar import check_calendar
from bot.operating.checks.database import check_backlog, check_chats, check_database
from bot.operating.checks.home import check_disk, check_font, check_home, check_zones
from bot.operating.checks.key import check_key
from bot.operating.checks.places import check_operators, check_rights
from bot.operating.checks.process import check_process
from bot.operating.checks.telegram import check_api, check_clock, check_token, check_updates
from bot.operating.finding import Finding, ok, problem, warning
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """What could be opened. `database` is null where none is there or none can be used, `seal` without its key."""

    database: Database | None = None
    check: str | None = None
    seal: Seal | None = None
    trouble: Finding | None = None


async def examine(settings: Settings, clock: Callable[[], datetime], *, rights: bool) -> AsyncIterator[Finding]:
    """Every finding, one after the other; with `rights` each channel and group is asked about too."""
    for finding in _settings(settings):
        yield finding
    for finding in check_home(settings):
        yield finding
    async with _opened(settings) as opened:
        file = opened.database.path if opened.database is not None else None
        yield check_disk(file.parent if file is not None else settings.home, file)
        for finding in check_key(settings.key_path, check=opened.check, database=file):
            yield finding
        async for finding in _in_database(opened, clock()):
            yield finding
        for finding in check_calendar(settings, clock().date()):
            yield finding
        yield check_zones(clock())
        yield check_font()
        async for finding in _at_telegram(settings, opened, clock, rights=rights):
            yield finding
        async for finding in check_process(settings.listen, file, clock()):
            yield finding


def _settings(settings: Settings) -> Iterator[Finding]:
    """What each setting says by itself was checked when it was read; here, what they say together."""
    can_be_used = True
    for look in (check_operators_setting, webhook_of, _proxy):
        try:
            look(settings)
        except VigilError as exc:
            can_be_used = False
            yield problem("settings", str(exc), "mend it: Vigil will not start")
    if can_be_used:
        yield ok("settings", "all can be used")
    if not settings.contact:
        yield warning("contact", "families and readers are told no address for mistakes", "set VIGIL_CONTACT")


def _proxy(settings: Settings) -> None:
    """VigilError where Telegram would be asked through a proxy that cannot be used."""
    if settings.telegram_token is not None:
        from bot.transports.telegram_proxy import proxy_from_environment  # noqa: PLC0415

        proxy_from_environment(settings.telegram_api)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Opened]:
    """The database as it is: neither made nor brought up to date here."""
    if not _is_made(settings.database_url):
        yield Opened(trouble=ok("database", "not there yet; the first `vigil run` makes it"))
        return
    try:
        database = open_database(settings.database_url)
    except VigilError as exc:
        yield Opened(trouble=problem("database", str(exc), "see docs/operating.md"))
        return
    try:
        yield await _looked_into(database, settings)
    finally:
        await database.close()


def _is_made(url: str) -> bool:
    """False where it is a file that is not there: opening would make it."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True
    try:
        return parsed.get_backend_name() != "sqlite" or not parsed.database or Path(parsed.database).exists()
    except OSError:
        return True  # opening tells why it cannot be looked for, and makes nothing where it may not look


async def _looked_into(database: Database, settings: Settings) -> Opened:
    try:
        check = await key_check(database) if await revision(database) is not None else None
    except VigilError as exc:
        return Opened(trouble=problem("database", str(exc), "see docs/operating.md"))
    seal = None
    if check is not None:
        try:
            seal = Seal(fitting_key(settings.key_path, fits(check))[1])
        except KeyFileError:
            seal = None  # the key's own check tells
    return Opened(database, check, seal)


async def _in_database(opened: Opened, now: datetime) -> AsyncIterator[Finding]:
    if opened.trouble is not None:
        yield opened.trouble
    if opened.database is None:
        return
    async for finding in check_database(opened.database):
        yield finding
    if await revision(opened.database) == HEAD:
        async for finding in check_chats(opened.database):
            yield finding
        async for finding in check_backlog(opened.database, now):
            yield finding


async def _at_telegram(
    settings: Settings, opened: Opened, clock: Callable[[], datetime], *, rights: bool
) -> AsyncIterator[Finding]:
    if (in_the_clear := check_api(settings)) is not None:
        yield in_the_clear
    async with AsyncExitStack() as stack:
        try:
            telegram = open_telegram(settings)
        except VigilError:
            return  # told among the settings
        if telegram is not None:
            await telegram.wire.start()
            stack.push_async_callback(telegram.wire.stop)
        is_taken = False
        async for finding in check_token(telegram, opened.database, opened.seal):
            is_taken = is_taken or (finding.check == "token" and finding.mark == "ok")
            yield finding
        if telegram is None:
            return
        yield await check_clock(settings, clock)
        if not is_taken:
            return  # everything else would fail for the same reason
        yield await check_updates(telegram, settings, clock())
        yield await check_operators(telegram, settings)
        if rights and opened.database is not None and opened.seal is not None:
            async for finding in check_rights(telegram, await _places(opened.database, opened.seal)):
                yield finding


async def _places(database: Database, seal: Seal) -> list[Address]:
    """Where the bot posts and others can take its rights: channels and groups, each once."""
    found: dict[str, Address] = {}
    async for chat, _ in read_chats(database, seal, ()):
        if chat.state == "active" and chat.address.transport == TELEGRAM and chat.kind is not ChatKind.PRIVATE:
            found.setdefault(chat.address.chat, chat.address)
    return list(found.values())
