"""The calendar as commands read it: loaded, and without what is held."""

from bot.agenda.occurrences import Rules
from bot.records.collection import Calendar
from bot.records.loading import load_calendar
from bot.settings import Settings


def read_calendar(settings: Settings) -> Calendar:
    """The calendar of the settings; RecordsError or VigilError in one line if it cannot be used."""
    return load_calendar(settings.calendar, settings.seeds)


def rules_of(settings: Settings) -> Rules:
    """What the settings say of occurrences."""
    return Rules(shelf_life_days=settings.shelf_life_days, leap_day=settings.leap_day)
