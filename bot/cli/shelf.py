"""The calendar as commands read it: loaded, and without what is held."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.agenda.occurrences import Rules
from bot.errors import VigilError
from bot.records.collection import Calendar
from bot.records.showing import load_calendar
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.database import Database


def read_calendar(settings: Settings) -> Calendar:
    """The calendar without what is held; one clear line (VigilError) if it cannot be used."""
    calendar = load_calendar(settings.calendar, settings.seeds)
    if not has_database(settings):
        return calendar
    return asyncio.run(_without_held(settings, calendar))


def has_database(settings: Settings) -> bool:
    """Whether there is a database to ask: reading the calendar must not make one."""
    file = settings.home / "vigil.sqlite"
    try:
        return settings.database is not None or file.exists()
    except OSError as exc:
        raise VigilError(f"{file}: it cannot be looked for: {exc.strerror}; check its owner and mode") from exc


@asynccontextmanager
async def opened(settings: Settings) -> "AsyncIterator[Database]":
    """The database of the settings, its tables up to date, closed at the end."""
    from bot.database import migrate, open_database  # noqa: PLC0415 (a third of a second; most commands need none)

    database = open_database(settings.database_url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


def rules_of(settings: Settings) -> Rules:
    """What the settings say of occurrences."""
    return Rules(shelf_life_days=settings.shelf_life_days, leap_day=settings.leap_day)


async def _without_held(settings: Settings, calendar: Calendar) -> Calendar:
    from bot.outbox.holds import read_holds  # noqa: PLC0415

    async with opened(settings) as database:
        held = await read_holds(database)
    return calendar.without(people=held.people, events=held.events, sources=held.sources)
