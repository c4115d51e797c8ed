"""What each chat of the year should have had: told plainly with `zoneinfo`, apart from the program's own reckoning."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

# What is heard on a day: (topic, day) → slots.
Heard = Callable[[str, date], Collection[str]]
# A day and a slot.
Key = tuple[date, str]


@dataclass(slots=True)
class Stretch:
    """A time in which a chat is subscribed and changes nothing; `first_day` is null once that day has come."""

    zone: str
    at: time
    topic: str
    begins: datetime
    first_day: date | None
    ends: datetime | None = None
    # Whether the first day was asked for.
    rests: bool = False
    # Whether it goes on after the end, with other settings.
    goes_on: bool = False


@dataclass(slots=True)
class Life:
    """A chat from its first subscription until it is forgotten."""

    begins: datetime
    stretches: list[Stretch] = field(default_factory=list)
    is_forgotten: bool = False

    @property
    def now(self) -> Stretch | None:
        """How it is subscribed at present; null if it is not."""
        last = self.stretches[-1] if self.stretches else None
        return last if last is not None and last.ends is None else None

    def subscribe(self, zone: str, at: time, topic: str, moment: datetime) -> None:
        """Hear something from the next hour on."""
        self.stretches.append(Stretch(zone, at, topic, moment, next_day(zone, at, moment)))

    def change(self, zone: str, at: time, topic: str, moment: datetime, *, last_tick: datetime) -> None:
        """Go on with other settings: a first day still to come may come sooner, never later; one asked for stays."""
        old = self.stretches[-1]
        first, rests = old.first_day, old.rests
        if first is not None and last_tick >= hour_of(old.zone, first, old.at):
            first, rests = None, False
        elif first is not None and not rests:
            first = min(first, next_day(zone, at, moment))
        old.ends, old.goes_on = moment, True
        self.stretches.append(Stretch(zone, at, topic, moment, first, rests=rests))

    def rest(self, until: date, moment: datetime) -> None:
        """Hear nothing before that day; what was owed is not wanted any more."""
        old = self.stretches[-1]
        old.ends = moment
        self.stretches.append(Stretch(old.zone, old.at, old.topic, moment, until, rests=True))

    def end(self, moment: datetime) -> None:
        """Hear nothing from now on."""
        if (last := self.now) is not None:
            last.ends = moment


@dataclass(slots=True)
class Expected:
    """When each post comes, which are missed, and which may be missed: nobody can know whether they were owed."""

    sent: dict[Key, datetime] = field(default_factory=dict)
    missed: set[Key] = field(default_factory=set)
    perhaps: set[Key] = field(default_factory=set)


def expected(life: Life, heard: Heard, ticks: Sequence[datetime]) -> Expected:
    """What a life should have had from a bot that worked at these moments alone.

    A post is owed from its hour to the end of its day, in the zone and at the hour the chat then has.
    The first tick in that time sends it; where none falls in it, it is missed.
    """
    found = Expected()
    owed: dict[Key, int] = {}
    for number, stretch in enumerate(life.stretches):
        until = stretch.ends or ticks[-1] + _MINUTE
        for day in _days(stretch, until):
            begins = max(hour_of(stretch.zone, day, stretch.at), stretch.begins)
            ends = min(first_moment(stretch.zone, day + DAY), until)
            tick = _first(ticks, (begins, ends), stretch.zone, day)
            for slot in heard(stretch.topic, day) if begins < ends else ():
                owed.setdefault((day, slot), number)
                if tick is not None:
                    found.sent.setdefault((day, slot), tick)
    for key, number in owed.items():
        if key not in found.sent:
            certain = _is_recorded(life.stretches[number:], key, heard, ticks)
            (found.missed if certain else found.perhaps).add(key)
    for before, after in pairwise(life.stretches):
        if before.goes_on:
            found.perhaps.update(_unsure(after, heard, ticks))
    return found


def _unsure(changed: Stretch, heard: Heard, ticks: Sequence[datetime]) -> Iterator[Key]:
    """What a chat may have missed that changed while nothing ran: when exactly it did, nobody noted."""
    place = bisect_left(ticks, changed.begins)
    if place == len(ticks):
        return
    day = ticks[max(0, place - 1)].astimezone(ZoneInfo(changed.zone)).date() - DAY
    while day < ticks[place].astimezone(ZoneInfo(changed.zone)).date():
        for slot in heard(changed.topic, day):
            yield day, slot
        day += DAY


def _is_recorded(stretches: Sequence[Stretch], key: Key, heard: Heard, ticks: Sequence[datetime]) -> bool:
    """Whether a post is surely among the missed: its chat still wants it when a tick first finds its day over.

    By then the chat may have moved, and its day have ended long ago: what is older than two days is erased at once.
    """
    day, slot = key
    place = bisect_left(ticks, first_moment(stretches[0].zone, day + DAY))
    if place == len(ticks):
        return False
    for stretch in stretches:
        if stretch.ends is None or stretch.ends > ticks[place]:
            is_kept = first_moment(stretch.zone, day + DAY) > ticks[place] - 2 * DAY
            return is_kept and slot in heard(stretch.topic, day)
        if not stretch.goes_on:
            return False
    return False


def _days(stretch: Stretch, until: datetime) -> Iterator[date]:
    zone = ZoneInfo(stretch.zone)
    day = stretch.begins.astimezone(zone).date()
    if stretch.first_day is not None:
        day = max(day, stretch.first_day)
    while day <= until.astimezone(zone).date():
        yield day
        day += DAY


def _first(ticks: Sequence[datetime], span: tuple[datetime, datetime], zone: str, day: date) -> datetime | None:
    """The first tick in a span at which it is that day there."""
    begins, ends = span
    for tick in ticks[bisect_left(ticks, begins) : bisect_left(ticks, ends)]:
        if tick.astimezone(ZoneInfo(zone)).date() == day:
            return tick
    return None


def next_day(zone: str, at: time, moment: datetime) -> date:
    """The day of the next hour after a moment."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    while hour_of(zone, day, at) <= moment:
        day += DAY
    return day


@lru_cache(maxsize=500_000)
def hour_of(zone: str, day: date, at: time) -> datetime:
    """When it is that hour there on that day, the first time; where the clocks skip it, as long after midnight."""
    wall = datetime.combine(day, at)
    moments = sorted((wall - offset).replace(tzinfo=UTC) for offset in _offsets(zone, day))
    real = [moment for moment in moments if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall]
    moment = real[0] if real else moments[-1]
    # Never past its date: in Nuuk's spring night 23:30 is skipped, and then 00:30 would be meant.
    return min(moment, first_moment(zone, day + DAY) - _MINUTE)


@lru_cache(maxsize=100_000)
def first_moment(zone: str, day: date) -> datetime:
    """When that day begins there; or, where it was skipped, the next one."""
    midnight = datetime.combine(day, time())
    moments = sorted((midnight - offset).replace(tzinfo=UTC) for offset in _offsets(zone, day))
    for moment in moments:
        if moment.astimezone(ZoneInfo(zone)).date() >= day:
            return moment
    raise AssertionError(f"{zone} has no {day}")


@lru_cache(maxsize=100_000)
def _offsets(zone: str, day: date) -> frozenset[timedelta]:
    """Every distance from UTC that clocks there show around a day."""
    around = datetime.combine(day, time(), UTC)
    shown = ((around + timedelta(hours=n)).astimezone(ZoneInfo(zone)).utcoffset() for n in range(-36, 60, 3))
    return frozenset(offset for offset in shown if offset is not None)
