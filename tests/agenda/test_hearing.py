"""What a chat with given wishes hears on a day, and the fact that comes round to everyone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.agenda.facts import Fact, fact_of, may_be_told_unasked
from bot.agenda.hearing import heard
from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.agenda.wishes import Rhythm, Wishes
from tests.calendars import a_person, an_event, an_observance, real_calendar, small_calendar

NEVER = Wishes(facts="never")
A_MONDAY = date(2027, 3, 1)


def dates(what: tuple[Occurrence, ...] | Fact) -> tuple[Occurrence, ...]:
    """What is heard, where it has to be dates."""
    assert not isinstance(what, Fact)
    return what


def test_deaths_and_the_rest_are_two_posts() -> None:
    calendar = small_calendar(
        an_event("death", "2020-05-21"), an_event("arrest", "2021-05-21", "john-roe"), an_observance()
    )

    found = heard(calendar, NEVER, on=date(2027, 5, 21))

    assert {slot: len(what) for slot, what in found.items() if not isinstance(what, Fact)} == {
        Slot.MEMORIAL: 1,
        Slot.DAY: 2,
    }


def test_a_country_brings_its_people_and_its_observances_and_no_others() -> None:
    calendar = small_calendar(
        a_person("jane-doe", "BY"), a_person("john-roe", "RU"), an_observance("03-01", "BY"),
        an_event("arrest", "2020-03-01", "jane-doe", "john-roe"),
    )  # fmt: skip

    found = heard(calendar, Wishes(frozenset({"country:RU"}), facts="never"), on=date(2027, 3, 1))

    assert [o.people for o in dates(found[Slot.DAY])] == [("john-roe",)]


def test_a_followed_person_comes_where_the_country_is_not_asked_for() -> None:
    calendar = small_calendar(an_event("arrest", "2020-03-01"))
    wishes = Wishes(frozenset({"follows"}), facts="never", followed=frozenset({"jane-doe"}))

    assert Slot.DAY in heard(calendar, wishes, on=date(2027, 3, 1))


def test_solidarity_days_alone_bring_nobody() -> None:
    calendar = small_calendar(an_event("arrest", "2020-05-21"), an_observance())

    found = heard(calendar, Wishes(frozenset({"days"}), facts="never"), on=date(2027, 5, 21))

    assert [o.kind for o in dates(found[Slot.DAY])] == ["observance"]


@given(st.dates(date(2024, 1, 1), date(2034, 12, 31)))
def test_a_week_with_a_quiet_day_has_one_fact_and_on_a_quiet_day(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    said = {d: heard(real_calendar(), Wishes(), on=d) for d in week}
    quiet = [d for d in week if not heard(real_calendar(), NEVER, on=d)]

    facts = [d for d, found in said.items() if any(isinstance(what, Fact) for what in found.values())]

    assert facts == quiet[:1]


def test_nobody_is_forgotten_by_the_facts() -> None:
    calendar = real_calendar()
    weeks = (A_MONDAY + timedelta(weeks=n) for n in range(200))

    told = {fact.record_id for week in weeks if (fact := fact_of(calendar, frozenset(), on=week))}

    assert set(calendar.people) <= told


def test_a_fact_for_a_country_is_of_that_country() -> None:
    weeks = [A_MONDAY + timedelta(weeks=n) for n in range(100)]

    told = {fact.record_id for week in weeks if (fact := fact_of(real_calendar(), frozenset({"AZ"}), on=week))}

    assert "gubad-ibadoghlu" in told
    assert not told & {"ihar-lednik", "alexey-navalny", "solidarity-with-political-prisoners"}


def test_calls_for_anything_but_release_and_care_are_never_told_unasked() -> None:
    unasked = {call.id for call in real_calendar().calls.values() if may_be_told_unasked(call)}

    assert "eu-release-2024" in unasked
    assert not unasked & {
        "appeal-block-rail-transit",
        "european-parliament-sanctions-2023",
        "appeal-safety-and-evacuation",
    }


def test_the_dead_are_told_of_in_the_memorial_slot() -> None:
    weeks = [A_MONDAY + timedelta(weeks=n) for n in range(200)]
    facts = [fact for week in weeks if (fact := fact_of(real_calendar(), frozenset(), on=week))]

    assert {fact.slot for fact in facts if fact.record_id == "ihar-lednik"} == {Slot.MEMORIAL}
    assert {fact.slot for fact in facts if fact.record_id == "ihar-losik"} == {Slot.DAY}


def test_a_weekly_round_up_tells_each_date_of_the_week_on_its_monday() -> None:
    calendar = small_calendar(
        an_event("death", "2020-05-20"), an_event("arrest", "2021-05-21", "john-roe"), an_observance()
    )
    weekly = Wishes(facts="never", rhythm="weekly")
    monday = date(2027, 5, 17)

    said = {n: heard(calendar, weekly, on=monday + timedelta(days=n)) for n in range(-7, 8)}

    assert [n for n, found in said.items() if found] == [0]
    told = [occurrence for what in said[0].values() if not isinstance(what, Fact) for occurrence in what]
    assert [(o.date.day, o.kind, o.lead) for o in told] == [(20, "death", 0), (21, "arrest", 0), (21, "observance", 0)]


def test_a_monthly_round_up_comes_on_the_first_and_nothing_else_does() -> None:
    monthly = Wishes(rhythm="monthly")
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]

    days = {day for day in year if heard(real_calendar(), monthly, on=day)}

    assert days == {day for day in year if day.day == 1}


@given(st.sampled_from(["weekly", "monthly"]))
def test_round_ups_tell_every_date_once(rhythm: Rhythm) -> None:
    wishes = Wishes(facts="never", leads=(), rhythm=rhythm)
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(-7, 365)]
    told = [o for day in days for what in heard(real_calendar(), wishes, on=day).values() for o in dates(what)]

    each = occurrences(real_calendar(), date(2027, 1, 4), date(2027, 11, 30), Rules(leads=()))
    assert [told.count(occurrence) for occurrence in each] == [1] * len(each)
