"""A week or a month in one post: each date with its day, and one way to all its quotes."""

from datetime import date

import pytest

from bot.agenda.hearing import heard, span_told
from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Rhythm, Wishes
from bot.posts.post import Post, start_parameter
from bot.posts.roundups import roundup_post
from bot.posts.voice import Voice
from tests.calendars import an_event, real_calendar, small_calendar
from tests.posts.speaking import commands_of

MONDAY = date(2027, 2, 15)


def told(rhythm: Rhythm, on: date, slot: Slot, language: str = "en") -> Post:
    wishes = Wishes(facts="never", rhythm=rhythm)
    what = heard(real_calendar(), wishes, on=on)[slot]
    span = span_told(wishes, on)
    assert isinstance(what, tuple)
    assert span is not None
    return roundup_post(real_calendar(), what, Voice(language, on), slot=slot, span=span)


def test_a_week_is_headed_by_its_days_and_each_date_by_its_own() -> None:
    post = told("weekly", MONDAY, Slot.MEMORIAL)

    assert "<b>15 February – 21 February: in memory</b>" in post.html
    assert "• 20 February: three years since the death in custody of Ihar Lednik" in post.html


def test_a_month_is_headed_by_its_name() -> None:
    assert "<b>February 2027: in memory</b>" in told("monthly", date(2027, 2, 1), Slot.MEMORIAL).html


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_every_quote_behind_a_round_up_is_one_tap_away(language: str) -> None:
    post = told("weekly", MONDAY, Slot.MEMORIAL, language)

    why = commands_of(post)[0]
    assert why == "/why 2027-02-15 2027-02-21 memorial"
    assert start_parameter(why) == "why_2027-02-15_2027-02-21_memorial"


def test_a_month_full_of_dates_still_is_one_message() -> None:
    events = [an_event("arrest", f"2020-08-{n % 28 + 1:02}", f"person-{n:03}") for n in range(300)]
    calendar = small_calendar(*events)
    wishes = Wishes(rhythm="monthly")
    first = date(2024, 8, 1)
    what = heard(calendar, wishes, on=first)[Slot.DAY]
    assert isinstance(what, tuple)

    post = roundup_post(calendar, what, Voice("en", first), slot=Slot.DAY, span=(first, date(2024, 8, 31)))

    assert len(post.text) <= 4096
    assert "more" in post.text
