"""Who lives through the year: one chat for each zone, who comes, changes its mind, goes and perhaps comes back."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from bot.agenda.wishes import Wishes
from bot.chats.address import Address
from bot.chats.chats import Chats
from tests.chaos.year_expected import DAY, Life, Stretch
from tests.outbox.stage import private

ZONES = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})
# Around midnight, and where clocks are set forward or back.
HOURS = [
    *(time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3)),
    *(time(9), time(12), time(23), time(23, 30), time(23, 59)),
]
Visit = tuple[datetime, datetime]
Deed = Literal["subscribe", "change", "unsubscribe", "pause", "resume", "rest", "forget"]
_CHANGE: tuple[Deed, Deed | None] = ("change", None)
_DEEDS: list[tuple[Deed, Deed | None]] = [
    *[_CHANGE] * 4,
    ("unsubscribe", "subscribe"),
    ("pause", "resume"),
    ("rest", None),
    ("rest", "change"),
    ("forget", "subscribe"),
]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is done, the tick before it, and what chance decides about it."""

    now: datetime
    last_tick: datetime
    chance: random.Random


@dataclass(slots=True)
class Person:
    """A chat by its address, and what it did: one life until it is forgotten, another if it comes back."""

    number: int
    zone: str
    lives: list[Life] = field(default_factory=list)
    is_paused: bool = False

    @property
    def address(self) -> Address:
        """A private chat."""
        return private(self.number)

    @property
    def life(self) -> Life | None:
        """The present life; null before the first and after it was forgotten."""
        return self.lives[-1] if self.lives and not self.lives[-1].is_forgotten else None

    @property
    def stretch(self) -> Stretch | None:
        """How it is subscribed at present; null if it is not."""
        return self.life.now if self.life is not None else None

    async def act(self, deed: Deed, chats: Chats, moment: Moment) -> None:
        """Do something to this chat as people and commands do; what makes no sense now is left undone."""
        if deed == "subscribe":
            await self._subscribe(chats, moment)
        elif (life := self.life) is None:
            return
        elif deed == "resume":
            await self._resume(life, chats, moment)
        elif deed == "forget":
            await chats.forget(self.address)
            life.end(moment.now)
            life.is_forgotten, self.is_paused = True, False
        elif life.now is not None:
            await self._less(deed, life, life.now, chats, moment)

    async def _subscribe(self, chats: Chats, moment: Moment) -> None:
        if self.stretch is not None or self.is_paused:
            return
        at, topic = moment.chance.choice(HOURS), _topic(moment.chance)
        await chats.subscribe(self.address, now=moment.now, zone=self.zone, at=at, wishes=wishes(topic))
        if self.life is None:
            self.lives.append(Life(moment.now))
        self.lives[-1].subscribe(self.zone, at, topic, moment.now)

    async def _resume(self, life: Life, chats: Chats, moment: Moment) -> None:
        chat = await chats.get(self.address)
        if chat is not None and self.is_paused:
            await chats.resume(chat.id, now=moment.now)
            last = life.stretches[-1]
            life.subscribe(last.zone, last.at, last.topic, moment.now)
            self.is_paused = False

    async def _less(self, deed: Deed, life: Life, now: Stretch, chats: Chats, moment: Moment) -> None:
        chat = await chats.get(self.address)
        assert chat is not None
        if deed == "change":
            zone, at, topic = _changed(now, moment.chance)
            await chats.change(chat.id, now=moment.now, zone=zone, at=at, wishes=wishes(topic))
            if (zone, at, topic) != (now.zone, now.at, now.topic):
                life.change(zone, at, topic, moment.now, last_tick=moment.last_tick)
        elif deed == "rest":
            until = moment.now.astimezone(ZoneInfo(now.zone)).date() + moment.chance.choice([1, 2]) * DAY
            await chats.rest(self.address, until)
            life.rest(until, moment.now)
        elif deed == "unsubscribe":
            await chats.unsubscribe(self.address)
            life.end(moment.now)
        elif deed == "pause":
            await chats.pause(chat.id, "blocked")
            life.end(moment.now)
            self.is_paused = True


def _changed(now: Stretch, chance: random.Random) -> tuple[str, time, str]:
    match chance.choice(["zone", "hour", "topic"]):
        case "zone":
            return chance.choice(ZONES), now.at, now.topic
        case "hour":
            return now.zone, chance.choice(HOURS), now.topic
        case _:
            return now.zone, now.at, _topic(chance)


def wishes(topic: str) -> Wishes:
    """Wishes by their one topic."""
    return Wishes(frozenset({topic}), facts="never")


def topic_of(wished: Wishes) -> str:
    """The one topic of wishes; none is all."""
    return next(iter(wished.topics), "all")


def visits(zone: str, year: int, days: float, chance: random.Random) -> Iterator[Visit]:
    """When a chat of this zone may be there: around each change of its clocks, or at any time if there is none."""
    anyhow = datetime(year, 1, 3, tzinfo=UTC) + chance.random() * 360 * DAY
    for middle in clock_changes(zone, year) or [anyhow]:
        begins = middle - chance.uniform(0.3, 0.7) * days * DAY
        yield begins, begins + days * DAY


def unlike_zones(year: int) -> list[str]:
    """One zone for each way in which clocks are set in that year: many names stand for the same."""
    by_clocks = {tuple(_shown(zone, year)): zone for zone in ZONES}
    return sorted(by_clocks.values())


def clock_changes(zone: str, year: int) -> list[datetime]:
    """The noons before which the clocks of a zone were changed in the last day."""
    shown = [(moment, offset) for moment, offset in _shown(zone, year) if moment.hour == 12]
    return [after[0] for before, after in pairwise(shown) if before[1] != after[1]]


@cache
def _shown(zone: str, year: int) -> list[tuple[datetime, timedelta | None]]:
    """How far from UTC the clocks there are, at each noon, and hour by hour on the days on which they change."""
    place = ZoneInfo(zone)
    noons = [datetime(year, 1, 3, 12, tzinfo=UTC) + n * DAY for n in range(360)]
    moments = noons[:1]
    for before, after in pairwise(noons):
        if before.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            moments += [before + timedelta(hours=n) for n in range(1, 24)]
        moments.append(after)
    return [(moment, moment.astimezone(place).utcoffset()) for moment in moments]


def deeds_of(visit: Visit, number: int, chance: random.Random) -> Iterator[tuple[datetime, Deed]]:
    """What a chat does on a visit: it comes, changes its mind or goes and comes back, and is forgotten."""
    begins, ends = visit
    yield begins, "subscribe"
    for _ in range(number):
        moment = begins + chance.random() * (ends - begins)
        first, then = chance.choice(_DEEDS)
        yield moment, first
        if then is not None:
            yield moment + chance.random() * (ends - moment), then
    yield ends, "forget"


def _topic(chance: random.Random) -> str:
    return chance.choice(["all", "days"])
