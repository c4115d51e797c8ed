"""/follow, /unfollow and /following."""

import pytest

from bot.agenda.hearing import FOLLOWS_ONLY
from bot.commands.follows import NAMES_GONE_S
from tests.commands.house import House, button_with, commands_of

LEDNIK = "ihar-lednik"


async def followed(house: House) -> frozenset[str]:
    chat = await house.chats.get(house.address)
    assert chat is not None
    return await house.chats.following(chat.id, house.calendar().people.keys())


@pytest.mark.parametrize("name", [LEDNIK, "Ihar Lednik", "Ігар Леднік", "Леднику Игорю"])
async def test_somebody_is_followed_by_any_spelling(house: House, name: str) -> None:
    await house.ask("/subscribe")

    await house.ask(f"/follow {name}")

    assert await followed(house) == {LEDNIK}


async def test_following_twice_is_once(house: House) -> None:
    await house.ask("/subscribe")
    for _ in range(2):
        await house.ask(f"/follow {LEDNIK}")

    assert "People followed here: 1" in await house.text("/following")


async def test_before_subscribing_it_is_asked_what_should_come(house: House) -> None:
    (post,) = (await house.ask(f"/follow {LEDNIK}")).posts

    assert commands_of(post) == [f"/follow {LEDNIK} only", f"/follow {LEDNIK} all"]
    assert await house.chats.listing() == []


@pytest.mark.parametrize(("choice", "topics"), [("only", {FOLLOWS_ONLY}), ("all", set())])
async def test_then_the_chat_is_subscribed_to_that(house: House, choice: str, topics: set[str]) -> None:
    await house.press(f"/follow {LEDNIK} {choice}")

    chat = await house.chats.get(house.address)
    assert chat is not None
    assert chat.wishes.topics == topics
    assert await followed(house) == {LEDNIK}


async def test_names_come_after_a_second_tap_and_are_gone_in_a_minute(house: House) -> None:
    await house.ask("/subscribe")
    await house.ask(f"/follow {LEDNIK}")
    first = await house.ask("/following")
    assert "Lednik" not in first.posts[0].text

    shown = button_with(first.posts[0], "Show names")
    assert shown is not None
    second = await house.press(shown.command)

    assert "Ihar Lednik" in second.posts[0].text
    assert second.gone_after_s == NAMES_GONE_S


async def test_unfollowing_ends_it(house: House) -> None:
    await house.ask("/subscribe")
    await house.ask(f"/follow {LEDNIK}")

    assert "No longer followed: Ihar Lednik" in await house.text("/unfollow Lednik")
    assert await followed(house) == frozenset()
    assert "Not followed here" in await house.text("/unfollow Lednik")


async def test_the_page_of_a_person_offers_to_follow_and_to_end_it(house: House) -> None:
    await house.ask("/subscribe")
    assert f"/follow {LEDNIK}" in commands_of((await house.ask(f"/prisoner {LEDNIK}")).posts[0])

    await house.ask(f"/follow {LEDNIK}")

    assert f"/unfollow {LEDNIK}" in commands_of((await house.ask(f"/prisoner {LEDNIK}")).posts[0])


async def test_no_link_follows_or_subscribes_by_itself(house: House) -> None:
    for link in (f"follow_{LEDNIK}", f"follow_{LEDNIK}_all", "subscribe", "settings_topics_days", "setup_topics_all"):
        await house.ask(f"/start {link}")

    assert await house.chats.listing() == []


@pytest.mark.parametrize("name", ["", "Nobody Atall", "x" * 4000, "<b>", "☃"])
async def test_nobody_is_followed_by_a_name_that_is_nobody_s(house: House, name: str) -> None:
    await house.ask("/subscribe")

    await house.ask(f"/follow {name}")

    assert await followed(house) == frozenset()


async def test_what_is_kept_is_told(house: House) -> None:
    assert "Nothing about this chat is written down." in await house.text("/mydata")
    await house.ask("/subscribe days")
    await house.ask(f"/follow {LEDNIK}")

    text = await house.text("/mydata")

    assert "People followed, as keyed hashes: 1" in text
    assert "What: Days of solidarity" in text
    assert "Lednik" not in text
