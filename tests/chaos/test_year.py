"""A year of ticks: each chat gets each of its days' posts once, on its own day, or finds it among the missed.

The real planner, outbox and database; time is passed in and the transport notes what comes and when. Chats of all zones
come around the days on which their clocks change, at odd hours, change hour, zone and topics, rest, leave and come
back, also while the bot is down. What each should have had is told by `year_expected`, apart from the program.

The short form takes one zone for each way in which clocks are set; the long form all of them, in a year in which Samoa
skipped a day too.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.database import Database
from tests.chaos.rows import Row
from tests.chaos.year import Size, Year, heard
from tests.chaos.year_expected import expected
from tests.chaos.year_people import ZONES, unlike_zones
from tests.databases import migrated_database, opened, postgresql, sqlite_url


@dataclass(frozen=True, slots=True)
class Outcome:
    """How much there was of what, and in how many zones."""

    ticks: int
    zones: int
    sent: int
    missed: int


async def test_each_chat_gets_each_of_its_days_once_or_finds_it_missed(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path)) as database:
        outcome = await lived_through(database, Size(unlike_zones(2027), seed=3))

    assert min(outcome.ticks, outcome.sent) >= 80
    assert outcome.missed >= 3


async def lived_through(database: Database, size: Size) -> Outcome:
    """Live through a year; AssertionError where a chat got anything else than it should have."""
    year = Year(database, size)
    await year.run()
    sent = missed = 0
    for person, life, end in year.lives():
        should = expected(life, heard, year.ticks)
        wanted = {f"{slot} of {day}": tick for (day, slot), tick in should.sent.items()}
        came = [(html, at) for at, chat, html in year.arrivals.came if chat == person.address.chat]
        ours = sorted((html, at) for html, at in came if life.begins <= at < end)
        assert ours == sorted(wanted.items()), f"{person.zone}: sent {ours}, expected {wanted}; {life}"
        lost = Counter(
            (day, slot) for who, at, day, slot in year.missed if who == person.number and life.begins <= at < end
        )
        known = should.missed <= lost.keys() <= should.missed | should.perhaps
        assert known, f"{person.zone}: missed {lost}, expected {should.missed}, perhaps {should.perhaps}; {life}"
        assert set(lost.values()) <= {1}
        sent, missed = sent + len(ours), missed + len(lost)
    assert sent == len(year.arrivals.came)
    assert year.told == year.recorded, "the operators were told of other numbers than were recorded"
    return Outcome(len(year.ticks), len({person.zone for person in year.people}), sent, missed)


def _long(folder: Path, year: int) -> str:
    async def run() -> Outcome:
        async with opened(sqlite_url(folder)) as database:
            return await lived_through(database, _whole(year))

    return _told(asyncio.run(run()))


def _long_on_postgresql(_: Path) -> str:
    async def run(url: str) -> Outcome:
        async with opened(url) as database:
            return await lived_through(database, _whole(2027))

    with postgresql() as server, migrated_database(server) as url:
        return _told(asyncio.run(run(url)))


def _whole(year: int) -> Size:
    return Size(ZONES, year, visits=9, days_a_visit=5, deeds_a_visit=3, random_ticks_a_day=4, days_between_downtimes=5)


def _told(outcome: Outcome) -> str:
    return f"{outcome.ticks} ticks, {outcome.zones} zones: {outcome.sent} sent, {outcome.missed} missed, none otherwise"


_GOAL = "each of a chat's days once, on its own day, or in the missed list"
LONG = [
    Row("a year of ticks, 2027, SQLite", _GOAL, lambda folder: _long(folder, 2027)),
    Row("a year of ticks, 2011 (Samoa skips a day), SQLite", _GOAL, lambda folder: _long(folder, 2011)),
    Row("a year of ticks, 2027, PostgreSQL", _GOAL, _long_on_postgresql),
]
