"""/settings: one message that shows everything and edits itself."""

from datetime import date, time

import pytest

from bot.agenda.hearing import FOLLOWS_ONLY
from bot.chats.chat import Chat
from bot.commands.fields import FIELDS
from bot.posts.post import Post
from tests.commands.house import House, button_with, commands_of


async def chat_of(house: House) -> Chat:
    chat = await house.chats.get(house.address)
    assert chat is not None
    return chat


async def subscribed(house: House) -> Post:
    await house.ask("/subscribe")
    (post,) = (await house.ask("/settings")).posts
    return post


async def test_every_setting_stands_on_one_message(house: House) -> None:
    post = await subscribed(house)

    assert post.text.splitlines()[1:] == [
        "Language: English",
        "Time zone: UTC",
        "Hour: 09:00",
        "What: Everything",
        "Reminders before a date: As usual",
        "Facts: Once a week",
        "Dates: Each date on its day",
        "Pictures: On",
        "Without a sound: Off",
        "Discreet mode: Off",
    ]
    assert {f"/settings {name}" for name in FIELDS} <= set(commands_of(post))


@pytest.mark.parametrize("name", FIELDS)
async def test_each_choice_of_each_setting_edits_the_message_and_is_kept(house: House, name: str) -> None:
    await subscribed(house)
    page = await house.press(f"/settings {name}")
    assert page.replaces
    choices = [
        one for row in page.posts[0].buttons for one in row if (one.command or "").startswith(f"/settings {name} ")
    ]
    assert choices
    for choice in choices:
        reply = await house.press(choice.command)

        assert reply.replaces
        if not FIELDS[name].stays and name != "language":
            assert choice.text.removeprefix("✓ ") in reply.posts[0].text


async def test_choices_mean_what_they_say(house: House) -> None:
    await subscribed(house)

    for command in ("zone Europe/Warsaw", "at 18:30", "topics country:BY", "leads 3", "facts never", "rhythm weekly"):
        await house.press(f"/settings {command}")
    for command in ("pictures off", "silent on", "discreet on"):
        await house.press(f"/settings {command}")

    chat = await chat_of(house)
    assert (chat.zone, chat.at) == ("Europe/Warsaw", time(18, 30))
    assert (chat.wishes.topics, chat.wishes.leads) == (frozenset({"country:BY"}), (3,))
    assert (chat.wishes.facts, chat.wishes.rhythm) == ("never", "weekly")
    assert (chat.pictures, chat.silent, chat.discreet) == (False, True, True)


async def test_topics_add_up_and_the_last_one_gone_is_everything(house: House) -> None:
    await subscribed(house)
    for topic in ("country:BY", "days"):
        await house.press(f"/settings topics {topic}")
    assert (await chat_of(house)).wishes.topics == frozenset({"country:BY", "days"})

    for topic in ("country:BY", "days"):
        await house.press(f"/settings topics {topic}")

    assert (await chat_of(house)).wishes.topics == frozenset()


async def test_people_alone_exclude_the_rest(house: House) -> None:
    await subscribed(house)
    await house.press("/settings topics country:BY")
    await house.press(f"/settings topics {FOLLOWS_ONLY}")

    assert (await chat_of(house)).wishes.topics == frozenset({FOLLOWS_ONLY})


async def test_leads_are_chosen_one_by_one_and_put_back_as_usual(house: House) -> None:
    await subscribed(house)
    for lead in ("7", "30", "7"):
        await house.press(f"/settings leads {lead}")
    assert (await chat_of(house)).wishes.leads == (30,)

    await house.press("/settings leads 0")
    assert (await chat_of(house)).wishes.leads == ()
    await house.press("/settings leads usual")
    assert (await chat_of(house)).wishes.leads is None


async def test_a_city_is_typed_after_the_question(house: House) -> None:
    await subscribed(house)
    await house.press("/settings zone")

    reply = await house.ask("Варшава")

    assert "Warsaw (Europe/Warsaw)" in reply.posts[0].text
    assert (await chat_of(house)).zone == "Europe/Warsaw"


async def test_the_next_text_is_a_name_again(house: House) -> None:
    await subscribed(house)
    await house.press("/settings zone")
    await house.ask("Варшава")

    assert "Maria Kalesnikava" in await house.text("Kalesnikava")


async def test_a_place_of_which_there_are_several_gives_a_button_each(house: House) -> None:
    await subscribed(house)

    (post,) = (await house.ask("/settings zone Brest")).posts

    assert "/settings zone Europe/Minsk" in commands_of(post)
    assert "/settings zone Europe/Paris" in commands_of(post)


@pytest.mark.parametrize(
    "value", ["at 99", "at", "topics weather", "leads x", "zone Nowhereland", "rhythm yearly", "x y"]
)
async def test_what_is_no_choice_changes_nothing(house: House, value: str) -> None:
    await subscribed(house)
    before = await chat_of(house)

    await house.ask(f"/settings {value}")

    assert await chat_of(house) == before


async def test_a_rest_ends_by_itself(house: House) -> None:
    await subscribed(house)
    (page,) = (await house.press("/settings rest")).posts
    week = button_with(page, "7 days")
    assert week is not None

    reply = await house.press(week.command)

    assert "No posts come before: 28 February 2027" in reply.posts[0].text
    assert (await chat_of(house)).rests_until == date(2027, 2, 28)
    await house.press("/settings rest end")
    assert (await chat_of(house)).rests_until is None


@pytest.mark.parametrize("day", ["2027-02-21", "2020-01-01", "2099-01-01", "soon", "2027-02-30"])
async def test_a_rest_needs_a_day_to_come(house: House, day: str) -> None:
    await subscribed(house)

    assert "no day within a year" in await house.text(f"/settings rest {day}")


async def test_before_subscribing_choices_are_remembered_in_memory_alone(house: House) -> None:
    await house.ask("/settings rhythm weekly")
    await house.ask("/settings discreet on")
    assert await house.chats.listing() == []

    await house.ask("/subscribe")

    chat = await chat_of(house)
    assert (chat.wishes.rhythm, chat.discreet) == ("weekly", True)
