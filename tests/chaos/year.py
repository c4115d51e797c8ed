"""A year in the life of the bot: it ticks, sends, is stopped, killed and started again while chats come and go.

Time is passed in, the database is real, and only the transport, at the outermost edge, is played.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.agenda.occurrence import Slot
from bot.chats.address import Address
from bot.database import Database
from bot.outbox.notices import Missed
from bot.outbox.tables import deliveries
from bot.outbox.transport import Parcel, Sent
from bot.outbox.verdict import State
from tests.chaos.year_expected import DAY, Life, Stretch, hour_of
from tests.chaos.year_people import Deed, Moment, Person, deeds_of, topic_of, visits
from tests.outbox.stage import HandClock, ScriptedTransport, Stage

_MINUTE = timedelta(minutes=1)
_LONGEST_DOWNTIME = 2 * DAY


@dataclass(frozen=True, slots=True)
class Size:
    """How much happens in the year; ticks come so many minutes around every due hour, and at random."""

    zones: Sequence[str]
    year: int = 2027
    visits: int = 1
    days_a_visit: float = 2
    deeds_a_visit: float = 1.5
    minutes_around: int = 1
    random_ticks_a_day: float = 0.2
    days_between_downtimes: float = 2.5
    seed: int = 1

    def deeds(self, chance: random.Random) -> int:
        """How many things a chat does between coming and going."""
        return int(chance.expovariate(1 / self.deeds_a_visit))


def heard(topic: str, day: date) -> Collection[str]:
    """The slots in which something is heard on a day; some days are quiet."""
    slots = ["day"] if day.toordinal() % 4 else []
    return [*slots, "memorial"] if topic == "all" and day.toordinal() % 3 == 0 else slots


class Arrivals(ScriptedTransport):
    """Takes everything, and notes when it came."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__()
        self.came: list[tuple[datetime, str, str]] = []
        self._clock = clock
        self._last_id = 0

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        self._last_id += 1
        if parcel.post.html != "…":
            self.came.append((self._clock(), address.chat, parcel.post.html))
        return Sent(self._last_id)


class Year:
    """A year on one database: `run` lives through it, and what it leaves is there to be looked at."""

    def __init__(self, database: Database, size: Size) -> None:
        self.size = size
        self.people = [Person(number, zone) for number, zone in enumerate(size.zones, 1)]
        self.ticks: list[datetime] = []
        # Person, when it was first seen, day, slot.
        self.missed: list[tuple[int, datetime, date, str]] = []
        self.told: Counter[date] = Counter()
        self.recorded: Counter[date] = Counter()
        self._chance = random.Random(size.seed)
        self._clock = HandClock(datetime(size.year, 1, 1, tzinfo=UTC))
        self.arrivals = Arrivals(self._clock)
        self._stage = Stage(database, workers=4)
        self._stage.clock = self._clock
        self._stage.transport = self.arrivals
        self._stage.edition.heard = lambda wishes, on: frozenset(map(Slot, heard(topic_of(wishes), on)))
        self._agenda: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self._order = count()
        self._rows_seen: set[tuple[int, ...]] = set()
        self._person_of: dict[int, int] = {}
        self._working: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Live through the year, and some days more, until all that was due is over."""
        begins = self._clock()
        end = begins + 369 * DAY
        self._plan_deeds()
        self._plan_downtimes(begins, end)
        for day in range(369):
            self._at(begins + day * DAY, self._look_ahead)
        for _ in range(int(self.size.random_ticks_a_day * 369)):
            self._at(begins + self._chance.random() * 369 * DAY, self._tick)
        await self._start()
        while self._agenda and self._agenda[0][0] < end:
            moment, _, act = heappop(self._agenda)
            self._clock.advance_to(moment)
            await act()
        await self._start()
        await self._stop()

    def _at(self, moment: datetime, act: Callable[[], Awaitable[None]]) -> None:
        heappush(self._agenda, (moment, next(self._order), act))

    def _plan_deeds(self) -> None:
        size = self.size
        for person in self.people:
            possible = list(visits(person.zone, size.year, size.days_a_visit, self._chance))
            for visit in self._chance.sample(possible, min(size.visits, len(possible))):
                for moment, deed in deeds_of(visit, size.deeds(self._chance), self._chance):
                    self._at(moment, partial(self._do, person, deed))

    def _plan_downtimes(self, begins: datetime, end: datetime) -> None:
        moment = begins
        while (moment := moment + self._chance.expovariate(1 / self.size.days_between_downtimes) * DAY) < end:
            self._at(moment, self._chance.choice([self._stop, self._crash]))
            moment += self._chance.random() * _LONGEST_DOWNTIME
            self._at(moment, self._start)

    async def _do(self, person: Person, deed: Deed) -> None:
        await person.act(deed, self._stage.chats, Moment(self._clock(), self.ticks[-1], self._chance))
        chat = await self._stage.chats.get(person.address)
        if chat is not None:
            self._person_of[chat.id] = person.number
        self._expect_ticks(person)

    async def _look_ahead(self) -> None:
        for person in self.people:
            self._expect_ticks(person)

    def _expect_ticks(self, person: Person) -> None:
        """Have ticks around the due hours of the next day and a half."""
        now = self._clock()
        stretch = person.stretch
        if stretch is None:
            return
        today = now.astimezone(ZoneInfo(stretch.zone)).date()
        for day in (today - DAY, today, today + DAY, today + 2 * DAY):
            due = hour_of(stretch.zone, day, stretch.at)
            if now - _MINUTE <= due <= now + 1.5 * DAY:
                for around in range(-self.size.minutes_around, self.size.minutes_around + 1):
                    minute = due + around * _MINUTE
                    if minute > now:
                        self._at(minute, partial(self._tick_for, person, stretch))

    async def _tick_for(self, person: Person, stretch: Stretch) -> None:
        """Tick around a due hour, if the chat still has it and nobody had the same minute."""
        if person.stretch is stretch and self.ticks[-1] != self._clock():
            await self._tick()

    async def _tick(self) -> None:
        if self._working is None:
            return
        stage, now = self._stage, self._clock()
        await stage.outbox.tick(now)
        stage.outbox.wake()
        async with asyncio.timeout(30):
            await stage.outbox.drained()
        self.ticks.append(now)
        if missed := stage.told(Missed):
            for notice in missed:
                self.told.update({day: number for day, number in notice.by_day.items() if _is_kept(day, now)})
            stage.notices.clear()
            await self._note_missed(now)

    async def _note_missed(self, now: datetime) -> None:
        columns = (deliveries.c.id, deliveries.c.chat, deliveries.c.day, deliveries.c.slot)
        async with self._stage.database.read() as connection:
            rows = (await connection.execute(select(*columns).where(deliveries.c.state == State.MISSED))).all()
        for row in rows:
            if tuple(row) not in self._rows_seen:
                self._rows_seen.add(tuple(row))
                self.recorded[row.day] += _is_kept(row.day, now)
                self.missed.append((self._person_of[row.chat], now, row.day, row.slot))

    async def _start(self) -> None:
        if self._working is None:
            self._stage.edition.revision = str(self._chance.random())
            self._stage.outbox = self._stage.new_outbox()
            self._working = asyncio.create_task(self._stage.outbox.run_workers())
            await self._tick()

    async def _stop(self) -> None:
        if self._working is not None:
            await self._stage.outbox.stop()
            await self._working
            self._working = None

    async def _crash(self) -> None:
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
            self._working = None

    def lives(self) -> Iterator[tuple[Person, Life, datetime]]:
        """Every life of everyone, with the moment before which it ended."""
        for person in self.people:
            ends = [*(life.begins for life in person.lives[1:]), self._clock() + DAY]
            for life, end in zip(person.lives, ends, strict=False):
                yield person, life, end


def _is_kept(day: date, now: datetime) -> bool:
    """Whether a delivery of that day is kept until after this tick, in whatever zone: for 48 hours after its end."""
    earliest_end = datetime.combine(day + DAY, time(), UTC) - timedelta(hours=14)
    return earliest_end > now - 2 * DAY
