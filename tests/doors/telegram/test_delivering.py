"""Replies that Telegram refuses, delays or loses."""

import pytest

from bot.commands.request import Reply
from bot.posts.post import Button, Post
from tests.doors.telegram.conftest import Porch
from tests.telegram import User
from tests.telegram.faults import BAD_GATEWAY, CUT_AFTER, CUT_BEFORE, Fault, flood
from tests.transports.pictures import picture


async def replied(porch: Porch, post: Post) -> User:
    user = porch.people.add_user()
    porch.script.replies["/today"] = Reply((post,))
    porch.people.say(user, "/today")
    await porch.quiet()
    return user


async def test_reply_longer_than_a_message_is_cut(porch: Porch) -> None:
    user = await replied(porch, Post("\n".join(["A line of a long answer."] * 300)))
    [text] = porch.server.texts(user.id)
    assert 3000 < len(text) <= 4096


async def test_markup_that_cannot_be_parsed_goes_as_plain_text(porch: Porch) -> None:
    user = await replied(porch, Post("<b>A</b> <unknown>B</unknown>"))
    assert porch.server.texts(user.id) == ["A B"]


async def test_bad_button_costs_the_buttons_alone(porch: Porch) -> None:
    user = await replied(porch, Post("A", ((Button("X", link="not an address"),),)))
    [message] = porch.server.messages(user.id, by_bot=True)
    assert (message.text, message.buttons) == ("A", [])


async def test_picture_that_cannot_be_read_is_left_out(porch: Porch) -> None:
    broken = picture().__class__(b"\x89PNG broken", "broken")
    user = await replied(porch, Post("A", picture=broken))
    assert [message.photo for message in porch.server.messages(user.id, by_bot=True)] == [None]


@pytest.mark.parametrize("fault", [BAD_GATEWAY, flood(0.0)])
async def test_passing_trouble_is_tried_again(porch: Porch, fault: Fault) -> None:
    porch.server.faults.script(fault, method="sendMessage")
    user = await replied(porch, Post("A"))
    assert porch.server.texts(user.id) == ["A"]


async def test_flood_holds_the_chat_in_the_shared_limiter(porch: Porch) -> None:
    porch.server.faults.script(flood(0.0), method="sendMessage")
    user = await replied(porch, Post("A"))
    assert [chat for chat, _ in porch.pacer.holds] == [str(user.id)]
    assert porch.record.floods == porch.pacer.holds


async def test_flood_that_lasts_holds_the_chat_each_time_and_ends_the_answer(porch: Porch) -> None:
    porch.server.faults.script(*[flood(0.0)] * 5, method="sendMessage")
    user = await replied(porch, Post("A"))
    assert len(porch.record.floods) == len(porch.server.requests_of("sendMessage", user.id)) == 4


async def test_flood_for_longer_than_anybody_waits_is_remembered_and_not_waited_for(porch: Porch) -> None:
    porch.server.faults.script(flood(300.0), method="sendMessage")
    user = await replied(porch, Post("A"))
    assert porch.record.floods == [(str(user.id), 300.0)]
    assert len(porch.server.requests_of("sendMessage", user.id)) == 1


async def test_edit_that_meets_a_flood_is_made_once_the_chat_may_be_written_to(porch: Porch) -> None:
    user = await replied(porch, Post("A", ((Button("More", command="/more"),),)))
    porch.script.replies["/more"] = Reply((Post("B"),), replaces=True)
    porch.server.faults.script(flood(0.0), method="editMessageText")
    porch.people.press(user, porch.server.messages(user.id, by_bot=True)[-1], "More")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["B"]
    assert [chat for chat, _ in porch.record.floods] == [str(user.id)]


@pytest.mark.parametrize("fault", [CUT_BEFORE, CUT_AFTER])
async def test_reply_in_doubt_is_not_sent_again(porch: Porch, fault: Fault) -> None:
    porch.server.faults.script(fault, method="sendMessage")
    user = await replied(porch, Post("A"))
    assert len(porch.server.requests_of("sendMessage", user.id)) == 1


async def test_person_who_blocked_the_bot_meanwhile_stops_nothing(porch: Porch) -> None:
    user, other = porch.people.add_user(), porch.people.add_user()
    porch.people.say(user, "/today")
    porch.people.block(user)
    porch.people.say(other, "/today")
    await porch.quiet()
    assert porch.server.texts(other.id) == ["You said /today"]
