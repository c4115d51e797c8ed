"""Which waves are to be planned at a tick: decided with data alone.

Pure. A wave is one zone's hour on one day, as one revision of the calendar has it. Today's is due
once its hour has come; one whose day went by while nobody planned is missed, and is recorded.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.agenda.hours import day_end, day_start, due_at, local_day
from bot.chats.wording import zone_named

# Older days that nobody planned are told of in the report alone.
LOOK_BACK_DAYS = 31
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wave:
    """One zone's hour on one day; `is_missed` if that day is over."""

    zone: str
    at: time
    day: date
    due_at: datetime
    expires_at: datetime
    is_missed: bool = False


class Memory:
    """The waves that have been planned, and `until` when: the latest hour among them."""

    def __init__(self, done: Iterable[tuple[str, time, date, str]] = (), until: datetime | None = None) -> None:
        self._revisions: dict[tuple[str, time, date], set[str]] = {}
        self.until = until
        for zone, at, day, revision in done:
            self._revisions.setdefault((zone, at, day), set()).add(revision)

    def add(self, wave: Wave, revision: str) -> None:
        """Remember a wave as planned."""
        self._revisions.setdefault((wave.zone, wave.at, wave.day), set()).add(revision)
        self.until = wave.due_at if self.until is None else max(self.until, wave.due_at)

    def has(self, zone: str, at: time, day: date, revision: str | None = None) -> bool:
        """Whether that wave was planned, at this revision or (null) at any."""
        revisions = self._revisions.get((zone, at, day), ())
        return bool(revisions) if revision is None else revision in revisions

    def forget_before(self, day: date) -> None:
        """Forget the waves of earlier days."""
        self._revisions = {key: value for key, value in self._revisions.items() if key[2] >= day}


def waves_to_plan(hours: Collection[tuple[str, time]], memory: Memory, *, revision: str, now: datetime) -> list[Wave]:
    """The waves of these zones' hours that are to be planned now, earliest hour first.

    In that order a crash between two of them leaves a memory from which the rest is found again.
    """
    waves = [wave for zone, at in hours for wave in _of_hour(zone, at, memory, revision, now)]
    return sorted(waves, key=lambda wave: (wave.due_at, wave.zone, wave.at))


def wave_of(zone_name: str, at: time, day: date, now: datetime) -> Wave:
    """The wave of a zone's hour on a day."""
    hour_at, ends_at = _bounds(zone_name, at, day)
    return Wave(zone_name, at, day, hour_at, ends_at, is_missed=ends_at <= now)


def days_gone_by(zone: ZoneInfo, first: date, today: date) -> Iterator[date]:
    """The days of a zone from the first until yesterday; a day that it skipped (Samoa, 30 December 2011) is none."""
    day = max(first, today - LOOK_BACK_DAYS * _DAY)
    while day < today:
        if day_start(zone, day) < day_end(zone, day):
            yield day
        day += _DAY


@lru_cache(maxsize=50_000)
def _bounds(zone_name: str, at: time, day: date) -> tuple[datetime, datetime]:
    zone = zone_named(zone_name)
    return due_at(zone, day, at), day_end(zone, day)


def _of_hour(zone_name: str, at: time, memory: Memory, revision: str, now: datetime) -> Iterator[Wave]:
    zone = zone_named(zone_name)
    today, until = local_day(zone, now), memory.until
    if until is not None:
        for day in days_gone_by(zone, local_day(zone, until), today):
            wave = wave_of(zone_name, at, day, now)
            if wave.due_at >= until and not memory.has(zone_name, at, day):
                yield wave
    if not memory.has(zone_name, at, today, revision):
        wave = wave_of(zone_name, at, today, now)
        if wave.due_at <= now:
            yield wave
