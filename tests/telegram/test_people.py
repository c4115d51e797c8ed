"""What people do, and what the bot learns of it."""

from typing import Any

import pytest

from tests.telegram import Rights, TelegramServer
from tests.telegram.caller import Caller

BUTTONS = {
    "inline_keyboard": [[{"text": "Why", "callback_data": "/why 1"}, {"text": "Site", "url": "https://a.example/"}]]
}


async def updates(call: Caller) -> list[dict[str, Any]]:
    return list(await call.ok("getUpdates"))


async def test_press_is_told_and_answered(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await call.ok("sendMessage", chat_id=user.id, text="x", reply_markup=BUTTONS)
    query = server.people.press(user, server.sent[0], "Why")
    (update,) = await updates(call)
    pressed = update["callback_query"]
    assert (pressed["data"], pressed["from"]["id"], pressed["message"]["text"]) == ("/why 1", user.id, "x")
    await call.ok("answerCallbackQuery", callback_query_id=pressed["id"], text="Because", show_alert=True)
    assert server.answers[query.id] == {"text": "Because", "show_alert": True, "url": ""}


async def test_only_a_button_with_data_can_be_pressed(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await call.ok("sendMessage", chat_id=user.id, text="x", reply_markup=BUTTONS)
    for name in ("Site", "Nothing"):
        with pytest.raises(LookupError, match="no button"):
            server.people.press(user, server.sent[0], name)


async def test_press_on_a_deleted_message_shows_that_it_is_gone(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await call.ok("sendMessage", chat_id=user.id, text="x", reply_markup=BUTTONS)
    server.people.erase(server.sent[0])
    server.people.press(user, server.sent[0], "/why 1")
    (update,) = await updates(call)
    assert update["callback_query"]["message"]["date"] == 0


async def test_old_or_unknown_query_is_refused(server: TelegramServer, call: Caller) -> None:
    refusal = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    query = server.people.ask(server.people.add_user(), "lednik")
    server.clock.advance(60)
    assert await call.refused("answerInlineQuery", inline_query_id=query.id, results=[]) == refusal
    assert await call.refused("answerCallbackQuery", callback_query_id="5") == refusal


def article(number: int, **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": str(number), "title": "x", "input_message_content": content, **more}


async def test_inline_query_is_answered(server: TelegramServer, call: Caller) -> None:
    query = server.people.ask(server.people.add_user(), "лед", chat_type="channel")
    (update,) = await updates(call)
    assert (update["inline_query"]["query"], update["inline_query"]["chat_type"]) == ("лед", "channel")
    await call.ok("answerInlineQuery", inline_query_id=query.id, results=[article(n) for n in range(50)])
    assert len(server.answers[query.id]["results"]) == 50


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(n) for n in range(51)], "too many inline query results specified"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article(10**64)], "RESULT_ID_INVALID"),
        ([article(1, title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(1, reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": ""}]]})], "BUTTON_DATA_INVALID"),
        (
            [article(1, input_message_content={"message_text": "<p>", "parse_mode": "HTML"})],
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            [article(1, input_message_content=None)],
            "can't parse inline query result: Input message content is not specified",
        ),
    ],
)
async def test_inline_results_are_refused(
    server: TelegramServer, call: Caller, results: list[dict[str, Any]], refusal: str
) -> None:
    query = server.people.ask(server.people.add_user(), "x")
    said = await call.refused("answerInlineQuery", inline_query_id=query.id, results=results)
    assert said == f"Bad Request: {refusal}"


async def test_blocking_and_unblocking_are_told(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    server.people.block(user)
    server.people.unblock(user)
    changes = [update["my_chat_member"] for update in await updates(call)]
    statuses = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    await call.ok("sendMessage", chat_id=user.id, text="x")


async def test_promotion_in_a_channel_is_told_with_its_rights(server: TelegramServer, call: Caller) -> None:
    owner = server.people.add_user()
    channel = server.people.add_channel("News", owner, bot="left")
    server.people.promote(channel, owner, rights=Rights(can_post_messages=False))
    (update,) = await updates(call)
    change = update["my_chat_member"]
    assert (change["from"]["id"], change["chat"]["id"]) == (owner.id, channel.id)
    assert change["new_chat_member"]["can_post_messages"] is False


async def test_upgrade_is_told_from_both_sides(server: TelegramServer, call: Caller) -> None:
    group = server.people.add_group("Friends", server.people.add_user())
    large = server.people.upgrade(group)
    told = [update["message"] for update in await updates(call)]
    assert [told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]] == [large.id, group.id]


async def test_group_members_are_heard_only_when_they_address_the_bot(server: TelegramServer, call: Caller) -> None:
    group, user = server.people.add_group(), server.people.add_user()
    await call.ok("sendMessage", chat_id=group.id, text="x")
    for text in ("hello", "/today", "/today@vigil_test_bot", "/today@other_bot", "hi @vigil_test_bot"):
        server.people.say(user, text, group)
    server.people.say(user, "reply", group, reply_to=server.sent[0])
    heard = [update["message"]["text"] for update in await updates(call)]
    assert heard == ["/today", "/today@vigil_test_bot", "hi @vigil_test_bot", "reply"]


async def test_administrator_bot_hears_all(server: TelegramServer, call: Caller) -> None:
    group = server.people.add_supergroup(bot="administrator")
    server.people.say(server.people.add_user(), "hello", group)
    assert len(await updates(call)) == 1


async def test_anonymous_administrator_writes_as_the_group(server: TelegramServer, call: Caller) -> None:
    owner = server.people.add_user()
    group = server.people.add_supergroup("Friends", owner)
    server.people.say(owner, "/subscribe", group, anonymous=True)
    (update,) = await updates(call)
    message = update["message"]
    assert (message["from"]["username"], message["sender_chat"]["id"]) == ("GroupAnonymousBot", group.id)


async def test_who_writes_in_a_group_is_a_member(server: TelegramServer, call: Caller) -> None:
    group, user = server.people.add_supergroup(), server.people.add_user()
    server.people.say(user, "/today", group)
    assert (await call.ok("getChatMember", chat_id=group.id, user_id=user.id))["status"] == "member"


async def test_edits_and_channel_posts_are_told(server: TelegramServer, call: Caller) -> None:
    channel, user = server.people.add_channel(), server.people.add_user()
    post, message = server.people.post(channel, "a"), server.people.say(user, "b")
    server.people.edit(post, "c")
    server.people.edit(message, "d")
    told = [(list(update)[1], list(update.values())[1]["text"]) for update in await updates(call)]
    assert told == [("channel_post", "a"), ("message", "b"), ("edited_channel_post", "c"), ("edited_message", "d")]


async def test_history_has_gaps_and_is_not_told(server: TelegramServer, call: Caller) -> None:
    channel = server.people.add_channel()
    server.people.add_history(channel, 9, gap_every=4)
    assert [message.id for message in server.messages(channel.id)] == [1, 2, 3, 5, 6, 7, 9, 10, 11]
    assert await updates(call) == []
    assert (await call.ok("sendMessage", chat_id=channel.id, text="x"))["message_id"] == 12


async def test_writing_to_the_bot_starts_it(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user(started=False)
    server.people.say(user, "/start")
    await call.ok("sendMessage", chat_id=user.id, text="x")


async def test_other_members_changes_are_told_to_an_administrator_who_asked(
    server: TelegramServer, call: Caller
) -> None:
    group, user = server.people.add_supergroup(bot="administrator"), server.people.add_user()
    await call.ok("getUpdates", allowed_updates=["chat_member"])
    server.people.set_member(group, user, "administrator")
    (update,) = await updates(call)
    assert update["chat_member"]["new_chat_member"]["user"]["id"] == user.id
