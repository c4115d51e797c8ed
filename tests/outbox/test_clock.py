"""Clocks that are wrong: nothing is sent, nothing is lost, and somebody is told."""

from datetime import timedelta

import pytest

from bot.outbox.notices import Trouble
from bot.outbox.steady_clock import ClockError, SteadyClock
from tests.outbox.stage import NOON, HandClock, Stage, private


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


def test_between_ticks_time_goes_on_by_the_monotonic_clock() -> None:
    clock = HandClock()
    steady = SteadyClock(clock, clock.elapsed)
    clock.set_by = timedelta(days=40)

    clock.advance(seconds=7)

    assert steady() == NOON + timedelta(seconds=7)
