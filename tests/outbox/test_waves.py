"""Which waves are planned: pure, over all zones with their gaps and folds."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agenda.hours import day_end, day_start, due_at, local_day
from bot.chats.first_day import first_day
from bot.outbox.waves import LOOK_BACK_DAYS, Memory, Wave, waves_to_plan

ZONES = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})
# Skipped days, half-hour folds, midnight gaps, the last hour of a day missing.
ODD = ["Pacific/Apia", "Australia/Lord_Howe", "America/Nuuk", "Africa/Cairo", "America/Sao_Paulo", "Asia/Beirut"]

zones = st.sampled_from(ODD) | st.sampled_from(ZONES)
hours = st.times().map(lambda t: t.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2011, 12, 1), datetime(2037, 1, 1)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001


def plan(memory: Memory, now: datetime, *pairs: tuple[str, time], revision: str = "1") -> list[Wave]:
    """One tick: what is to be planned, then remembered."""
    waves = waves_to_plan(pairs, memory, revision=revision, now=now)
    for wave in waves:
        memory.add(wave, revision)
    return waves


@given(zones, hours, moments, st.lists(st.integers(1, 40 * 60), min_size=1, max_size=60))
def test_every_day_is_planned_once_or_missed_whatever_the_downtime(
    zone_name: str, at: time, start: datetime, pauses_min: list[int]
) -> None:
    zone = ZoneInfo(zone_name)
    memory, now = Memory(), start
    planned = list(plan(memory, now, (zone_name, at)))
    for pause in pauses_min:
        now += timedelta(minutes=pause)
        planned += plan(memory, now, (zone_name, at))

    days = [wave.day for wave in planned]
    assert sorted(set(days)) == sorted(days)
    for wave in planned[1:]:
        assert wave.due_at <= now
    if planned:
        # From the first planned day to the last whose hour has come, none is left out that exists.
        day, expected = planned[0].day, []
        while due_at(zone, day, at) <= now and day <= local_day(zone, now):
            if day_start(zone, day) < day_end(zone, day):
                expected.append(day)
            day += timedelta(days=1)
        assert [d for d in expected if d not in days] == []


@given(zones, hours, moments)
def test_what_is_due_today_is_not_missed_and_not_early(zone_name: str, at: time, now: datetime) -> None:
    waves = plan(Memory(), now, (zone_name, at))

    zone = ZoneInfo(zone_name)
    for wave in waves:
        assert not wave.is_missed
        assert wave.day == local_day(zone, now)
        assert wave.due_at <= now < wave.expires_at
        assert local_day(zone, wave.due_at) == wave.day


@given(zones, hours, moments)
def test_the_first_day_s_hour_is_the_next_one(zone_name: str, at: time, now: datetime) -> None:
    zone = ZoneInfo(zone_name)

    day = first_day(zone, at, now)

    assert due_at(zone, day, at) > now
    assert due_at(zone, day - timedelta(days=1), at) <= now or day == local_day(zone, now)


def test_the_same_wave_is_planned_once_a_revision() -> None:
    memory, now = Memory(), datetime(2027, 2, 20, 12, tzinfo=UTC)
    pair = ("Europe/Minsk", time(9))

    assert len(plan(memory, now, pair)) == 1
    assert plan(memory, now, pair) == []
    assert len(plan(memory, now, pair, revision="2")) == 1


def test_a_day_gone_by_is_not_planned_again_at_another_revision() -> None:
    memory = Memory()
    pair = ("Europe/Minsk", time(9))
    plan(memory, datetime(2027, 2, 20, 12, tzinfo=UTC), pair)

    later = plan(memory, datetime(2027, 2, 21, 12, tzinfo=UTC), pair, revision="2")

    assert [wave.day for wave in later] == [date(2027, 2, 21)]


def test_an_hour_that_nobody_had_before_misses_nothing() -> None:
    memory = Memory()
    plan(memory, datetime(2027, 2, 20, 12, tzinfo=UTC), ("Europe/Minsk", time(9)))

    later = plan(memory, datetime(2027, 2, 21, 5, tzinfo=UTC), ("Europe/Minsk", time(7)))

    assert [(wave.day, wave.is_missed) for wave in later] == [(date(2027, 2, 21), False)]


def test_after_a_long_silence_only_the_last_month_is_looked_through() -> None:
    memory = Memory()
    pair = ("Europe/Minsk", time(9))
    plan(memory, datetime(2026, 2, 20, 12, tzinfo=UTC), pair)

    later = plan(memory, datetime(2027, 2, 20, 12, tzinfo=UTC), pair)

    assert len(later) == LOOK_BACK_DAYS + 1


def test_a_crash_between_two_waves_of_one_hour_loses_neither() -> None:
    pairs = [("Europe/Minsk", time(9)), ("Europe/Moscow", time(9))]
    memory = Memory()
    plan(memory, datetime(2027, 2, 18, 12, tzinfo=UTC), *pairs)
    now = datetime(2027, 2, 20, 12, tzinfo=UTC)
    first = waves_to_plan(pairs, memory, revision="1", now=now)
    memory.add(first[0], "1")

    rest = plan(memory, now, *pairs)

    assert len(first) == 4
    assert rest == first[1:]


@pytest.mark.parametrize("day", [date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)])
def test_a_day_that_samoa_skipped_is_nobody_s(day: date) -> None:
    memory = Memory()
    pair = ("Pacific/Apia", time(9))
    plan(memory, datetime(2011, 12, 28, 22, tzinfo=UTC), pair)  # noon on the 28th there

    waves = plan(memory, datetime(2012, 1, 2, tzinfo=UTC), pair)

    assert (day in [wave.day for wave in waves]) == (day != date(2011, 12, 30))
