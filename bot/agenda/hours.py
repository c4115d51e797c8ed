"""From a chat's own day and hour to an instant in UTC, and back.

Pure. Only `datetime` and `zoneinfo`: recurrence libraries skip or double days at clock changes.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


def day_start(zone: ZoneInfo, on: date) -> datetime:
    """The first instant of that local date, in UTC."""
    # fold=0: of two midnights the first; in a gap it names the instant of the jump itself.
    return datetime.combine(on, time.min, zone).astimezone(UTC)


def day_end(zone: ZoneInfo, on: date) -> datetime:
    """The first instant after that local date, in UTC."""
    return day_start(zone, on + timedelta(days=1))


def due_at(zone: ZoneInfo, on: date, at: time) -> datetime:
    """When the post of that local date is due, in UTC: at its hour, and never past its date.

    An hour that the clocks skip is kept as long after midnight as it would have been; where that
    would leave the date (Nuuk's spring night), the date's last existing minute is taken.
    """
    due = datetime.combine(on, at.replace(fold=0), zone).astimezone(UTC)
    return min(due, day_end(zone, on) - _MINUTE)


def local_day(zone: ZoneInfo, now: datetime) -> date:
    """The date it is in that zone at an aware instant."""
    return now.astimezone(zone).date()
