"""The first day on which a chat gets a post. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.agenda.hours import due_at, local_day


def first_day(zone: ZoneInfo, at: time, now: datetime) -> date:
    """The day of the next hour after `now`: today where the hour is still to come, else tomorrow."""
    today = local_day(zone, now)
    return today if due_at(zone, today, at) > now else today + timedelta(days=1)
