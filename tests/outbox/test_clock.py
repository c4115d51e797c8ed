"""Clocks that are wrong: nothing is sent, nothing is lost, and somebody is told."""

from datetime import timedelta

import pytest

from bot.outbox.last_tick import last_tick, trust_clock
from bot.outbox.notices import Trouble
from bot.outbox.steady_clock import ClockError, SteadyClock
from tests.outbox.stage import DAY, NOON, HandClock, Stage, private, some


@pytest.mark.parametrize("days", [-3, 3])
async def test_a_clock_set_by_days_while_running_stops_all_until_it_is_right(stage: Stage, days: int) -> None:
    await stage.subscribe(private())
    stage.edition.heard = lambda wishes, on: frozenset()
    await stage.run()
    stage.edition.heard = type(stage.edition)().heard
    stage.edition.revision = "2"

    stage.clock.set_by = timedelta(days=days)
    await stage.run()
    assert await stage.states() == []
    assert stage.told(Trouble) == [Trouble("clock")]
    assert stage.outbox.halted == {"telegram": "clock"}

    stage.clock.set_by = timedelta(0)
    await stage.run()

    assert await stage.states() == ["sent"]
    assert stage.outbox.halted == {}


async def test_small_corrections_are_followed(stage: Stage) -> None:
    await stage.tick()

    stage.clock.set_by = timedelta(seconds=90)
    await stage.tick()

    assert stage.told(Trouble) == []


async def test_a_clock_before_the_last_wave_refuses_to_begin(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.tick()
    stage.clock.advance(hours=-20)
    stage.outbox = stage.new_outbox()

    with pytest.raises(ClockError, match="set the clock"):
        await stage.outbox.begin()


async def test_a_clock_before_the_last_tick_refuses_to_begin(stage: Stage) -> None:
    await stage.tick()
    stage.clock.advance(hours=-20)
    stage.outbox = stage.new_outbox()

    with pytest.raises(ClockError, match="expected at least 2027-02-20 12:00"):
        await stage.outbox.begin()


async def test_the_last_tick_is_written_down_each_hour_and_not_more_often(stage: Stage) -> None:
    known = []
    for _ in range(7):
        await stage.tick()
        known.append(await last_tick(stage.database))
        stage.clock.advance(minutes=15)

    hour = timedelta(hours=1)
    assert known == [NOON] * 4 + [NOON + hour] * 3


async def test_a_process_with_a_wrong_clock_leaves_the_lease_to_another(on_either: Stage) -> None:
    await on_either.tick()
    await on_either.stop()
    on_either.clock.advance(days=-3)
    with pytest.raises(ClockError):
        await on_either.new_outbox(exclusive=False).begin()

    on_either.clock.advance(days=3)
    assert await on_either.new_outbox(exclusive=False).begin()


async def test_a_clock_that_is_trusted_goes_on_from_now(stage: Stage) -> None:
    await stage.subscribe(*some(private, 2))
    stage.clock.set_by = timedelta(days=400)
    stage.outbox = stage.new_outbox()
    await stage.run()
    await stage.stop()
    stage.clock.set_by = timedelta(0)
    stage.outbox = stage.new_outbox()
    with pytest.raises(ClockError, match="--trust-clock"):
        await stage.outbox.begin()

    await trust_clock(stage.database, stage.clock())
    await stage.run()

    assert (DAY, "sent") in await stage.rows("day", "state")


def test_between_ticks_time_goes_on_by_the_monotonic_clock() -> None:
    clock = HandClock()
    steady = SteadyClock(clock, clock.elapsed)
    clock.set_by = timedelta(days=40)

    clock.advance(seconds=7)

    assert steady() == NOON + timedelta(seconds=7)
