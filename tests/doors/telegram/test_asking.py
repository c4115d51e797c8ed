"""Commands, texts and presses, from the update to the reply."""

from datetime import timedelta

import pytest

from bot.chats.address import Address, ChatKind
from bot.commands.request import Reply
from bot.posts.post import Button, Post
from tests.doors.telegram.conftest import Porch
from tests.telegram import Member, Message, User

PRESSABLE = Reply((Post("A", ((Button("More", "/upcoming 2"), Button("Hour", "/time 09:00")),)),))


async def pressable(porch: Porch) -> tuple[User, Message]:
    """A person before a message with buttons."""
    user = porch.people.add_user()
    porch.script.replies["/upcoming"] = PRESSABLE
    porch.people.say(user, "/upcoming")
    await porch.quiet()
    return user, porch.server.messages(user.id, by_bot=True)[0]


async def test_command_in_a_private_chat_is_answered(porch: Porch) -> None:
    user = porch.people.add_user(language_code="be")
    porch.people.say(user, "/today")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /today"]
    [request] = porch.script.asked
    assert request.address == Address("telegram", str(user.id), 0, ChatKind.PRIVATE)
    assert (request.language_hint, request.may_change_settings, request.pressed) == ("be", True, False)
    assert (request.bot_name, request.now.utcoffset()) == ("vigil_test_bot", timedelta())


async def test_plain_text_is_a_look_up_in_private_chats_alone(porch: Porch) -> None:
    user = porch.people.add_user()
    group = porch.people.add_supergroup("Group", user)
    porch.server.state.reads_all_group_messages = True
    porch.people.say(user, "Bialiatski")
    porch.people.say(user, "Bialiatski", group)
    await porch.quiet()
    assert [request.address.kind for request in porch.script.asked] == [ChatKind.PRIVATE]


async def test_replies_keep_the_order_of_the_questions(porch: Porch) -> None:
    user = porch.people.add_user()
    for number in range(4):
        porch.people.say(user, f"/prisoner {number}")
    await porch.quiet()
    assert porch.server.texts(user.id) == [f"You said /prisoner {number}" for number in range(4)]


async def test_several_posts_of_a_reply_are_sent_in_order(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.script.replies["/today"] = Reply((Post("first"), Post("second"), Post("third")))
    porch.people.say(user, "/today")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["first", "second", "third"]
    assert porch.pacer.used == [(str(user.id), True)] * 3


async def test_silent_reply_sends_nothing(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.script.replies["/today"] = Reply()
    porch.people.say(user, "/today")
    await porch.quiet()
    assert (len(porch.script.asked), porch.server.sent_count) == (1, 0)


@pytest.mark.parametrize(
    ("text", "heard"), [("/help@vigil_test_bot", 1), ("/help@Vigil_Test_Bot x", 1), ("/help@other_bot", 0)]
)
async def test_commands_for_other_bots_are_not_heard(porch: Porch, text: str, heard: int) -> None:
    user = porch.people.add_user()
    group = porch.people.add_supergroup("Group", user, bot="administrator")
    porch.people.say(user, text, group)
    await porch.quiet()
    assert len(porch.script.asked) == heard


async def test_topic_is_answered_in_the_topic(porch: Porch) -> None:
    user = porch.people.add_user()
    forum = porch.people.add_supergroup("Forum", user, forum=True)
    _, topic = porch.people.add_topic(forum, "First"), porch.people.add_topic(forum, "Reminders")
    porch.people.say(user, "/today", forum, topic=topic)
    await porch.quiet()
    assert porch.script.asked[0].address.thread == topic.id
    assert porch.server.messages(forum.id, by_bot=True)[0].thread_id == topic.id


@pytest.mark.parametrize(
    ("anonymous", "status", "may"), [(False, "member", False), (False, "administrator", True), (True, "member", True)]
)
async def test_settings_in_groups_are_for_administrators(porch: Porch, anonymous: bool, status: str, may: bool) -> None:
    owner, user = porch.people.add_user(), porch.people.add_user()
    group = porch.people.add_supergroup("Group", owner)
    group.members[user.id] = Member(user, status)  # type: ignore[arg-type]
    porch.people.say(user, "/language be", group, anonymous=anonymous)
    await porch.quiet()
    assert [request.may_change_settings for request in porch.script.asked] == [may]


async def test_nobody_is_asked_who_administers_for_a_look_up(porch: Porch) -> None:
    user = porch.people.add_user()
    group = porch.people.add_supergroup("Group", user)
    porch.people.say(user, "/today", group)
    await porch.quiet()
    assert porch.server.methods["getChatMember"] == 0


async def test_pressing_a_button_is_typing_its_command(porch: Porch) -> None:
    user, message = await pressable(porch)
    query = porch.people.press(user, message, "More")
    await porch.quiet()
    assert (porch.script.asked[-1].text, porch.script.asked[-1].pressed) == ("/upcoming 2", True)
    assert porch.server.answers[query.id]["text"] == ""
    assert porch.server.texts(user.id) == ["A", "You said /upcoming 2"]


async def test_notice_is_shown_beside_the_button(porch: Porch) -> None:
    user, message = await pressable(porch)
    porch.script.replies["/time 09:00"] = Reply(notice="x" * 300)
    query = porch.people.press(user, message, "Hour")
    await porch.quiet()
    assert porch.server.answers[query.id]["text"] == "x" * 200
    assert porch.server.texts(user.id) == ["A"]


async def test_reply_may_take_the_place_of_the_pressed_message(porch: Porch) -> None:
    user, message = await pressable(porch)
    porch.script.replies["/upcoming 2"] = Reply((Post("B"), Post("C")), replaces=True)
    porch.people.press(user, message, "More")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["B", "C"]


async def test_message_that_cannot_be_replaced_is_answered_anew(porch: Porch) -> None:
    user, message = await pressable(porch)
    porch.script.replies["/upcoming 2"] = Reply((Post("B"),), replaces=True)
    porch.people.erase(message)
    porch.people.press(user, message, "More")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["B"]


async def test_press_is_ended_even_where_the_command_fails(porch: Porch) -> None:
    user, message = await pressable(porch)
    porch.script.failures = 1
    query = porch.people.press(user, message, "More")
    await porch.quiet()
    assert query.id in porch.server.answers


async def test_look_up_older_than_ten_minutes_goes_unanswered(closed: Porch) -> None:
    user = closed.people.add_user()
    for age_s in (601, 599):
        closed.people.say(user, f"/prisoner {age_s}", at=closed.server.clock.today() - age_s + 5 * (age_s < 600))
    await closed.open()
    await closed.quiet()
    assert closed.script.texts == ["/prisoner 599"]


@pytest.mark.parametrize("text", ["/forget", "/unsubscribe", "/time 09:00", "/language be", "/subscribe"])
async def test_settings_are_obeyed_however_old(closed: Porch, text: str) -> None:
    user = closed.people.add_user()
    closed.people.say(user, text)
    closed.server.clock.advance(20 * 3600)
    await closed.open()
    await closed.quiet()
    assert closed.script.texts == [text]


async def test_press_that_telegram_no_longer_waits_for_gets_no_look_up_but_is_obeyed(porch: Porch) -> None:
    user, message = await pressable(porch)
    for button in ("More", "Hour"):
        query = porch.people.press(user, message, button)
        del porch.server.state.queries[query.id]
    await porch.quiet()
    assert porch.server.texts(user.id) == ["A", "You said /time 09:00"]


async def test_edited_messages_and_other_content_say_nothing(porch: Porch) -> None:
    user = porch.people.add_user()
    message = porch.people.say(user, "/today")
    porch.people.edit(message, "/forget")
    payload = message.to_json() | {"message_id": 77}
    del payload["text"]
    porch.server.updates.push("message", payload | {"dice": {"emoji": "x", "value": 3}})
    await porch.quiet()
    assert porch.script.texts == ["/today"]


async def test_other_bots_and_channels_of_groups_are_not_heard(porch: Porch) -> None:
    user = porch.people.add_user()
    group = porch.people.add_supergroup("Group", user)
    channel = porch.people.add_channel()
    payload = porch.people.say(user, "hello", group).to_json() | {"text": "/forget"}
    bot = user.to_json() | {"is_bot": True}
    for change in ({"from": bot}, {"sender_chat": channel.to_json()}, {"is_automatic_forward": True}, {"via_bot": bot}):
        porch.server.updates.push("message", payload | change)
    await porch.quiet()
    assert porch.script.asked == []


async def test_what_is_not_to_stay_is_told_with_the_person_s_own_message(porch: Porch) -> None:
    porch.script.replies["/following names"] = Reply((Post("names"),), gone_after_s=60)
    reader = porch.server.people.add_user()

    porch.server.people.say(reader, "/following names")

    await porch.server.wait_for(lambda: porch.record.fleeting_ids)
    ((chat, ids, _),) = porch.record.fleeting_ids
    assert chat == str(reader.id)
    assert ids == [message.id for message in porch.server.messages(reader.id)]
