"""Who may do what where: groups, channels, other bots, deep links."""

import pytest

from bot.chats.address import Address, ChatKind
from bot.commands.registry import COMMANDS
from bot.commands.request import Reply
from tests.commands.house import House

SETTING = [name for name, command in COMMANDS.items() if command.sets]
REFUSAL = "Only administrators of this group can change its settings."


def test_what_sets_is_known() -> None:
    assert SETTING == [
        "subscribe", "unsubscribe", "follow", "unfollow", "following", "settings", "setup",
        "language", "timezone", "time", "channels", "channel", "mydata", "forget",
    ]  # fmt: skip


@pytest.mark.parametrize("command", SETTING)
async def test_members_of_a_group_change_no_settings(house: House, command: str) -> None:
    house.in_group()
    assert await house.text(f"/{command}") == REFUSAL
    assert await house.chats.listing() == []


async def test_a_button_pressed_by_a_member_gets_a_line_and_no_message(house: House) -> None:
    house.in_group()
    assert await house.press("/subscribe") == Reply(notice=REFUSAL)


async def test_an_administrator_subscribes_the_group(house: House) -> None:
    house.in_group(administrator=True)
    await house.ask("/subscribe")
    chat = await house.chats.get(house.address)
    assert chat is not None
    assert chat.state == "active"


async def test_a_forum_topic_has_its_own_subscription(house: House) -> None:
    house.in_group(administrator=True)
    await house.ask("/subscribe")
    house.address = Address("telegram", house.address.chat, thread=7, kind=ChatKind.SUPERGROUP)
    assert await house.text("/unsubscribe") == "No posts come here."


async def test_the_group_is_told_to_remove_the_bot(house: House) -> None:
    house.in_group(administrator=True)
    assert "remove the bot from this group" in await house.text("/forget yes")


@pytest.mark.parametrize("text", ["hello", "Bialiatski", "/unknown", "/today@OtherBot", ""])
async def test_in_groups_it_speaks_only_when_spoken_to(house: House, text: str) -> None:
    house.in_group()
    assert await house.ask(text) == Reply()


@pytest.mark.parametrize("text", ["/today@VigilBot", "/today@vigilbot"])
async def test_a_command_with_its_own_name_is_answered(house: House, text: str) -> None:
    house.in_group()
    assert len((await house.ask(text)).posts) == 1


@pytest.mark.parametrize("command", COMMANDS)
async def test_nobody_is_answered_in_a_channel(house: House, command: str) -> None:
    house.address = Address("telegram", "-100500", kind=ChatKind.CHANNEL)
    assert await house.ask(f"/{command}") == Reply()


@pytest.mark.parametrize(
    "link", ["why_ihar-lednik-death", "why_2027-02-20_memorial", "prisoner_ihar-lednik", "remember"]
)
async def test_a_link_is_followed_as_if_typed(house: House, link: str) -> None:
    (post,) = (await house.ask(f"/start {link}")).posts
    assert "Ihar Lednik" in post.text


@pytest.mark.parametrize(
    "link", ["subscribe", "unsubscribe", "forget_yes", "language_ru", "start", "start_start", "x", "%00", "a" * 65]
)
async def test_no_link_changes_anything(house: House, link: str) -> None:
    house.now = house.now.replace(day=20)
    (post,) = (await house.ask(f"/start {link}")).posts
    assert post.text.startswith("Vigil")
    assert await house.chats.listing() == []
