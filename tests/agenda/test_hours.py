"""When a chat's day begins and its post is due, in every zone and at every clock change of ten years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.agenda.hours import day_end, day_start, due_at, local_day

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))
hours = st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0))
NUUK = ZoneInfo("America/Nuuk")


@given(zones, days, hours)
@example(NUUK, date(2025, 3, 29), time(23, 30))
@example(ZoneInfo("Asia/Beirut"), date(2026, 3, 29), time(0, 0))
@example(ZoneInfo("America/Havana"), date(2026, 11, 1), time(0, 30))
@example(ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4), time(2, 10))
@example(ZoneInfo("Africa/Casablanca"), date(2026, 2, 15), time(2, 30))
def test_a_post_is_due_once_on_its_own_date(zone: ZoneInfo, on: date, at: time) -> None:
    due = due_at(zone, on, at)

    assert day_start(zone, on) <= due < day_end(zone, on)
    assert local_day(zone, due) == on


@given(zones, days, hours)
def test_an_hour_that_exists_is_kept(zone: ZoneInfo, on: date, at: time) -> None:
    wall = datetime.combine(on, at, zone)
    exists = wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
    if exists:
        assert due_at(zone, on, at).astimezone(zone).time() == at


@given(zones, days)
def test_days_follow_each_other_without_gap_or_overlap(zone: ZoneInfo, on: date) -> None:
    assert day_end(zone, on) == day_start(zone, on + timedelta(days=1))
    assert timedelta(hours=22) <= day_end(zone, on) - day_start(zone, on) <= timedelta(hours=26)


@given(zones, days, st.lists(hours, min_size=2, max_size=2).map(sorted))
def test_a_later_hour_is_never_due_earlier(zone: ZoneInfo, on: date, at: list[time]) -> None:
    first, second = (due_at(zone, on, hour) for hour in at)
    fold_s = timedelta(hours=3)

    assert second >= first - fold_s


def test_in_nuuks_spring_night_the_last_existing_minute_is_taken() -> None:
    due = due_at(NUUK, date(2025, 3, 29), time(23, 30))

    assert due.astimezone(NUUK).isoformat(timespec="minutes") == "2025-03-29T22:59-02:00"


@pytest.mark.parametrize(("zone", "on"), [("Europe/Kyiv", date(2026, 10, 25)), ("America/New_York", date(2026, 11, 1))])
def test_in_an_autumn_fold_the_first_of_two_hours_is_taken(zone: str, on: date) -> None:
    hour = 3 if zone == "Europe/Kyiv" else 1
    due = due_at(ZoneInfo(zone), on, time(hour, 30))

    assert due.astimezone(ZoneInfo(zone)).fold == 0
