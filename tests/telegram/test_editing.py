"""Editing, deleting and forwarding."""

import json
from typing import Any

import aiohttp
import pytest

from tests.telegram import Chat, Message, Rights, TelegramServer
from tests.telegram.caller import Caller
from tests.telegram.methods.editing import NOT_MODIFIED
from tests.telegram.photos import read_photo
from tests.telegram.test_sending import png, upload

TWO_DAYS_S = 48 * 3600
BUTTONS = {"inline_keyboard": [[{"text": "Why do we say this?", "callback_data": "/why 1"}]]}


async def sent(call: Caller, chat: Chat | Any, text: str = "x", **more: Any) -> dict[str, Any]:
    message = await call.ok("sendMessage", chat_id=chat.id, text=text, **more)
    return {"chat_id": chat.id, "message_id": message["message_id"]}


async def test_text_and_buttons_are_replaced(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    where = await sent(call, user, "old", reply_markup=BUTTONS)
    edited = await call.ok("editMessageText", **where, text="<b>new</b>", parse_mode="HTML")
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("new", False, True)
    assert server.messages(user.id)[0].earlier == ["old"]


async def test_same_content_is_not_modified(server: TelegramServer, call: Caller) -> None:
    where = await sent(call, server.people.add_user(), "same", reply_markup=BUTTONS)
    said = await call.refused("editMessageText", **where, text="same ", reply_markup=BUTTONS)
    assert said == f"Bad Request: {NOT_MODIFIED}"
    await call.ok("editMessageReplyMarkup", **where)
    assert await call.refused("editMessageReplyMarkup", **where) == f"Bad Request: {NOT_MODIFIED}"


async def test_caption_is_edited_and_a_text_is_none(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await upload(call, user.id, png(), caption="old")
    photo = {"chat_id": user.id, "message_id": server.sent[0].id}
    text = await sent(call, user)
    assert (await call.ok("editMessageCaption", **photo, caption="new"))["caption"] == "new"
    refused = "Bad Request: there is no {} in the message to edit"
    assert await call.refused("editMessageText", **photo, text="y") == refused.format("text")
    assert await call.refused("editMessageCaption", **text, caption="y") == refused.format("caption")


async def exchange(call: Caller, where: dict[str, Any], content: bytes, caption: str) -> dict[str, Any]:
    media = {"type": "photo", "media": "attach://card", "caption": caption, "parse_mode": "HTML"}
    form = aiohttp.FormData({**{name: str(value) for name, value in where.items()}, "media": json.dumps(media)})
    form.add_field("card", content, filename="card.png", content_type="image/png")
    async with call.session.post(f"{call.base}/editMessageMedia", data=form) as response:
        return dict(await response.json())


async def test_photo_and_caption_are_exchanged_together(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await upload(call, user.id, png(), caption="old")
    (message,) = server.messages(user.id)
    old, where = message.photo, {"chat_id": user.id, "message_id": message.id}
    assert old is not None
    assert (await exchange(call, where, png(20), "<b>new</b>"))["ok"]
    assert (message.text, message.photo) == ("new", read_photo(png(20)))
    media = {"type": "photo", "media": old.file_id, "caption": "old"}
    await call.ok("editMessageMedia", **where, media=media)
    assert (message.text, message.photo, server.state.uploads) == ("old", old, 2)
    assert await call.refused("editMessageMedia", **where, media=media) == f"Bad Request: {NOT_MODIFIED}"


async def test_text_becomes_a_photo_where_photos_may_be_sent(server: TelegramServer, call: Caller) -> None:
    user, group = server.people.add_user(), server.people.add_supergroup()
    assert (await exchange(call, await sent(call, user), png(), "new"))["result"]["caption"] == "new"
    where = await sent(call, group)
    server.people.mute(group)
    assert "not enough rights" in (await exchange(call, where, png(), "new"))["description"]


async def test_message_of_another_is_not_edited(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    message = server.people.say(user, "mine")
    where = {"chat_id": user.id, "message_id": message.id}
    assert await call.refused("editMessageText", **where, text="y") == "Bad Request: message can't be edited"


async def test_message_that_is_gone_is_not_edited(server: TelegramServer, call: Caller) -> None:
    where = await sent(call, server.people.add_user())
    server.people.erase(server.sent[0])
    assert await call.refused("editMessageText", **where, text="y") == "Bad Request: message to edit not found"


async def test_channel_editor_edits_posts_of_others(server: TelegramServer, call: Caller) -> None:
    allowed = server.people.add_channel()
    forbidden = server.people.add_channel(rights=Rights(can_edit_messages=False))
    posts = [server.people.post(channel, "x") for channel in (allowed, forbidden)]
    edits = [{"chat_id": post.chat.id, "message_id": post.id, "text": "y"} for post in posts]
    await call.ok("editMessageText", **edits[0])
    assert await call.refused("editMessageText", **edits[1]) == "Bad Request: message can't be edited"
    own = await sent(call, forbidden)
    await call.ok("editMessageText", **own, text="y")


async def test_own_message_can_be_edited_long_after(server: TelegramServer, call: Caller) -> None:
    where = await sent(call, server.people.add_user())
    server.clock.advance(400 * 86_400)
    await call.ok("editMessageText", **where, text="y")


async def test_own_message_is_deleted_and_remembered(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    where = await sent(call, user)
    await call.ok("deleteMessage", **where)
    assert (server.texts(user.id), [m.text for m in server.sent], server.sent[0].deleted) == ([], ["x"], True)
    assert await call.refused("deleteMessage", **where) == "Bad Request: message to delete not found"


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("user", "Bad Request: message can't be deleted for everyone"),
        ("group", "Bad Request: message can't be deleted"),
        ("supergroup", "Bad Request: message can't be deleted"),
    ],
)
async def test_own_message_is_deleted_for_48_hours(
    server: TelegramServer, call: Caller, kind: str, refusal: str
) -> None:
    chat = getattr(server.people, f"add_{kind}")()
    first, second = await sent(call, chat), await sent(call, chat)
    server.clock.advance(TWO_DAYS_S - 60)
    await call.ok("deleteMessage", **first)
    server.clock.advance(120)
    assert await call.refused("deleteMessage", **second) == refusal


async def test_channel_moderator_deletes_later_and_others(server: TelegramServer, call: Caller) -> None:
    channel = server.people.add_channel()
    where = await sent(call, channel)
    post = server.people.post(channel, "x")
    server.clock.advance(TWO_DAYS_S * 100)
    await call.ok("deleteMessage", **where)
    await call.ok("deleteMessage", chat_id=channel.id, message_id=post.id)


async def test_message_of_another_is_not_deleted_without_the_right(server: TelegramServer, call: Caller) -> None:
    group = server.people.add_supergroup()
    message = server.people.say(server.people.add_user(), "x", group)
    where = {"chat_id": group.id, "message_id": message.id}
    assert await call.refused("deleteMessage", **where) == "Bad Request: message can't be deleted"
    server.people.promote(group)
    await call.ok("deleteMessage", **where)


async def test_several_are_deleted_at_once_and_missing_ones_do_not_matter(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    ids = [(await sent(call, user))["message_id"] for _ in range(3)]
    await call.ok("deleteMessages", chat_id=user.id, message_ids=[*ids[:2], 999])
    assert [message.id for message in server.messages(user.id)] == ids[2:]
    said = await call.refused("deleteMessages", chat_id=user.id, message_ids=list(range(1, 102)))
    assert said == "Bad Request: too many message identifiers specified"


async def test_forward_tells_channel_post_and_date(server: TelegramServer, call: Caller) -> None:
    operators = server.people.add_user()
    channel = server.people.add_channel("Памяць", username="pamiac", last_id=40)
    post = server.people.post(channel, "x", at=server.clock.today() - 500)
    where = {"chat_id": operators.id, "from_chat_id": channel.id, "message_id": post.id}
    forwarded = await call.ok("forwardMessage", **where, disable_notification=True)
    origin = {"type": "channel", "chat": channel.to_json(), "message_id": 41, "date": post.date}
    assert (forwarded["text"], forwarded["forward_origin"]) == ("x", origin)
    again = {"chat_id": operators.id, "from_chat_id": operators.id, "message_id": forwarded["message_id"]}
    assert (await call.ok("forwardMessage", **again))["forward_origin"] == origin


async def test_protected_or_missing_post_is_not_forwarded(server: TelegramServer, call: Caller) -> None:
    operators, channel = server.people.add_user(), server.people.add_channel()
    where = {"chat_id": operators.id, "from_chat_id": channel.id}
    protected = (await sent(call, channel, protect_content=True))["message_id"]
    said = await call.refused("forwardMessage", **where, message_id=protected)
    assert said == "Bad Request: the message can't be forwarded"
    assert await call.refused("forwardMessage", **where, message_id=99) == "Bad Request: message to forward not found"
    post = server.people.post(channel, "x")
    await call.ok("forwardMessage", **where, message_id=post.id)
    server.people.protect(channel)
    said = await call.refused("copyMessage", **where, message_id=post.id)
    assert said == "Bad Request: the message can't be copied"


async def test_forwarding_from_a_channel_without_the_bot_is_forbidden(server: TelegramServer, call: Caller) -> None:
    channel = server.people.add_channel()
    post = server.people.post(channel, "x")
    server.people.kick(channel)
    where = {"chat_id": server.people.add_user().id, "from_chat_id": channel.id, "message_id": post.id}
    assert await call.refused("forwardMessage", **where) == "Forbidden: bot was kicked from the channel chat"


async def test_words_the_bot_is_not_shown_cannot_be_forwarded(server: TelegramServer, call: Caller) -> None:
    group, user = server.people.add_group(), server.people.add_user()
    hidden, shown = server.people.say(user, "between us", group), server.people.say(user, "/today", group)
    where = {"chat_id": user.id, "from_chat_id": group.id}
    said = await call.refused("forwardMessage", **where, message_id=hidden.id)
    assert said == "Bad Request: message to forward not found"
    await call.ok("forwardMessage", **where, message_id=shown.id)


async def test_copy_is_the_bots_own_and_may_have_another_caption(server: TelegramServer, call: Caller) -> None:
    user, channel = server.people.add_user(), server.people.add_channel()
    post: Message = server.people.post(channel, "old", photo=read_photo(png()))
    where = {"chat_id": user.id, "from_chat_id": channel.id, "message_id": post.id}
    result = await call.ok("copyMessage", **where, caption="new")
    copy = server.messages(user.id)[-1]
    assert (result, copy.text, copy.photo, copy.origin) == ({"message_id": copy.id}, "new", post.photo, None)
