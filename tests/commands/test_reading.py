"""/today, /upcoming and /fact."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.records.collection import Calendar
from tests.calendars import a_person, an_event, real_calendar, small_calendar
from tests.commands.house import House, button_with, buttons_of, commands_of, own_voice

MEMORIAL_DAY = datetime(2027, 2, 20, 12, tzinfo=UTC)


def crowd(people: int) -> Calendar:
    """So many people, each arrested on a day of its own."""
    first = datetime(2020, 3, 1, tzinfo=UTC)
    days = (first + timedelta(days=n) for n in range(people))
    return small_calendar(*(an_event("arrest", f"{day:%Y-%m-%d}", f"person-{n}") for n, day in enumerate(days)))


async def test_today_is_the_post_of_the_day(house: House) -> None:
    house.now = MEMORIAL_DAY
    (post,) = (await house.ask("/today")).posts
    assert post.text.startswith("🕯 20 February: three years since the death in custody of Ihar Lednik")
    assert "Ihar Lednik died in prison on 20 February 2024." in post.text
    assert "/why ihar-lednik-death" in commands_of(post)


async def test_today_is_the_day_of_the_chats_own_zone(house: House) -> None:
    house.now = datetime(2027, 2, 19, 22, tzinfo=UTC)
    assert "No date in our documents" in await house.text("/today")
    await house.ask("/timezone Europe/Minsk")
    assert "Ihar Lednik" in await house.text("/today")


async def test_a_quiet_day_names_the_next_dates_with_their_sources(house: House) -> None:
    text = await house.text("/today")
    assert "No date in our documents falls on this day." in text
    assert "1 May 2027" in text
    assert "(EU NEIGHBOURS east, 21 May 2024)" in text


async def test_deaths_are_never_merged_with_the_rest_of_a_day(house: House) -> None:
    calendar = small_calendar(
        an_event("arrest", "2020-02-21", "jane-doe"), an_event("death", "2020-02-21", "john-doe", in_custody=True)
    )
    house.calendar = lambda: calendar
    memorial, day = (await house.ask("/today")).posts
    assert "John Doe" in memorial.text
    assert "Jane Doe" not in own_voice(memorial)
    assert "Jane Doe" in day.text
    assert "John Doe" not in day.text


async def test_upcoming_names_date_and_source_of_each(house: House) -> None:
    text = await house.text("/upcoming")
    assert "1. 1 May 2027" in text
    assert "Six years since the arrest of Ales Bialiatski, Valentsin Stefanovich and Uladzimir Labkovich" in text
    assert "(Amnesty International, 14 July 2025)" in text


async def test_upcoming_leads_on_to_what_stands_behind_each(house: House) -> None:
    (post,) = (await house.ask("/upcoming")).posts
    assert commands_of(post)[:5] == [
        "/prisoner vitold-ashurak",
        "/why solidarity-with-political-prisoners",
        "/prisoner siarhei-tsikhanouski",
        "/why 2027-07-14 day",
        "/prisoner alexey-navalny",
    ]


async def test_upcoming_shows_everything_once_over_its_pages(house: House) -> None:
    calendar = crowd(21)
    house.calendar = lambda: calendar
    pages = await house.pages("/upcoming")
    assert len(pages) == 3
    shown = "\n".join(page.text for page in pages)
    assert all(shown.count(f"arrest of Person {n} ") == 1 for n in range(21))


async def test_a_page_button_turns_the_page_where_it_was_pressed(house: House) -> None:
    calendar = crowd(21)
    house.calendar = lambda: calendar
    assert not (await house.press("/upcoming")).replaces
    second = await house.press("/upcoming 2")
    assert second.replaces
    assert button_with(second.posts[0], "«") is not None


async def test_a_page_beyond_the_last_is_the_last(house: House) -> None:
    assert await house.text("/upcoming 999") == await house.text("/upcoming")


async def test_upcoming_of_an_empty_calendar_says_so(house: House) -> None:
    house.calendar = small_calendar
    assert "No date in our documents" in await house.text("/upcoming")


async def test_a_month_page_of_many_counts_them_and_leads_to_all(house: House) -> None:
    events = [an_event("arrest", "2020-03", f"person-{n}") for n in range(30)]
    calendar = small_calendar(*events)
    house.calendar = lambda: calendar
    (post,) = (await house.ask("/upcoming")).posts
    assert "March, known only by month: 30 events" in post.text
    assert "/why 2027-03-01 day" in commands_of(post)


async def test_a_fact_is_cited_and_another_is_one_tap_away(house: House) -> None:
    (first,) = (await house.ask("/fact")).posts
    another = button_with(first, "Another")
    assert another is not None
    (second,) = (await house.press(another.command)).posts
    assert "<blockquote>" in first.html
    assert first.text != second.text


async def test_facts_of_a_year_come_round_to_everyone(house: House) -> None:
    told: set[str] = set()
    for n in range(100):
        (post,) = (await house.ask(f"/fact {n}")).posts
        told.update(post.records)
    assert told >= set(real_calendar().people)


async def test_facts_keep_to_the_country_subscribed_to(house: House) -> None:
    calendar = small_calendar(a_person("jane-doe", "AZ"), a_person("john-doe", "BY"))
    house.calendar = lambda: calendar
    await house.ask("/subscribe country:AZ")
    for n in range(4):
        assert "Jane Doe" in await house.text(f"/fact {n}")


async def test_a_fact_of_an_empty_calendar_says_so(house: House) -> None:
    house.calendar = small_calendar
    assert await house.text("/fact") == "The calendar holds nothing to tell yet."


@pytest.mark.parametrize("command", ["/today", "/upcoming", "/fact", "/remember", "/prisoner"])
async def test_who_is_held_vanishes_at_once(house: House, command: str) -> None:
    house.now = MEMORIAL_DAY
    held = real_calendar().without(people=frozenset({"ihar-lednik"}), events=frozenset(), sources=frozenset())
    house.calendar = lambda: held
    for post in (await house.ask(command)).posts:
        assert "Lednik" not in post.html
        assert not any("lednik" in str(button) for button in buttons_of(post))
