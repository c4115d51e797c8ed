"""The first steps: four taps at most, defaults that need none, and a first post at once."""

from datetime import time

import pytest

from bot.chats.chat import Chat
from tests.commands.house import House, button_with, commands_of


async def chat_of(house: House) -> Chat:
    chat = await house.chats.get(house.address)
    assert chat is not None
    return chat


async def tap(house: House, label: str, *, start: str | None = None) -> None:
    """Press the button that says so on the last message."""
    if start is not None:
        house.last = (await house.ask(start)).posts[0]
    pressed = button_with(house.last, label)
    assert pressed is not None, (label, house.last)
    house.last = (await house.press(pressed.command)).posts[0]


async def test_language_place_hour_and_topic_are_four_taps(house: House) -> None:
    await tap(house, "Беларуская", start="/start")
    await tap(house, "Вільнюс")
    await tap(house, "18:00")
    await tap(house, "Беларусь")

    chat = await chat_of(house)
    assert (chat.language, chat.zone, chat.at) == ("be", "Europe/Vilnius", time(18))
    assert chat.wishes.topics == frozenset({"country:BY"})
    assert chat.state == "active"


async def test_the_language_of_the_client_saves_a_tap(house: House) -> None:
    house.language = "ru"
    await tap(house, "Подписаться", start="/start")
    await tap(house, "Минск")
    await tap(house, "09:00")
    await tap(house, "Всё")

    assert (await chat_of(house)).language == "ru"


@pytest.mark.parametrize("steps", [0, 1, 2])
async def test_each_step_can_be_the_last(house: House, steps: int) -> None:
    await tap(house, "Subscribe", start="/start")
    for label in ("Vilnius", "18:00")[:steps]:
        await tap(house, label)
    await tap(house, "Subscribe as it is")

    chat = await chat_of(house)
    assert chat.zone == ("Europe/Vilnius" if steps else "UTC")
    assert chat.at == (time(18) if steps == 2 else time(9))


async def test_a_new_reader_sees_a_cited_post_with_the_confirmation(house: House) -> None:
    reply = await house.press("/subscribe")

    assert len(reply.posts) == 2
    assert "<blockquote>" in reply.posts[1].html


async def test_subscribing_again_brings_no_second_post(house: House) -> None:
    await house.press("/subscribe")

    assert len((await house.press("/subscribe")).posts) == 1


async def test_a_city_is_typed_in_any_alphabet(house: House) -> None:
    await tap(house, "Subscribe", start="/start")

    reply = await house.ask("Вільня")

    assert "/setup at 09:00" in commands_of(reply.posts[0])


async def test_an_unknown_city_is_asked_for_again(house: House) -> None:
    await tap(house, "Subscribe", start="/start")
    assert "No such place" in await house.text("Nowhereland")

    assert "/setup at 09:00" in commands_of((await house.ask("Vilnius")).posts[0])


async def test_discreet_mode_is_offered_first_in_belarus(house: House) -> None:
    await tap(house, "Subscribe", start="/start")
    await tap(house, "Minsk")

    assert commands_of(house.last)[0] == "/setup discreet on"
    await tap(house, "Discreet mode")
    await tap(house, "Subscribe as it is")
    assert (await chat_of(house)).discreet


async def test_elsewhere_it_is_left_to_the_settings(house: House) -> None:
    await tap(house, "Subscribe", start="/start")
    await tap(house, "Warsaw")

    assert not any("discreet" in command for command in commands_of(house.last))


async def test_nothing_is_written_down_before_the_last_step(house: House) -> None:
    await tap(house, "Subscribe", start="/start")
    await tap(house, "Minsk")
    await tap(house, "18:00")

    assert await house.chats.listing() == []


@pytest.mark.parametrize("other", ["/today", "/help", "/prisoner Lednik"])
async def test_another_command_ends_the_question_that_waits(house: House, other: str) -> None:
    await house.ask("/setup")
    await house.ask(other)
    assert "Ihar Lednik" in await house.text("Lednik")


async def test_what_looks_like_a_command_is_no_answer(house: House) -> None:
    await house.ask("/setup")
    assert "did not understand" in await house.text("/today?")
