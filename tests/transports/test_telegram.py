"""The `telegram` transport over a server that answers as Telegram does."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, Parcel, TransportError
from bot.posts.post import Button, Post
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_places import NO_RIGHTS
from bot.transports.telegram_places import Rights as Allowed
from bot.transports.telegram_wire import Wire
from tests.telegram import Rights, TelegramServer
from tests.telegram.faults import BAD_GATEWAY, CUT_AFTER, GATEWAY_TIMEOUT, Fault
from tests.transports.conftest import address_of
from tests.transports.pacers import FreePacer
from tests.transports.pictures import picture
from tests.transports.raw_server import answers, reply, serving

BUTTONS = ((Button("Why", "/why ihar-lednik-death"), Button("Site", link="https://example.org/")),)
POST = Post('🕯 <b>A</b> &amp; <a href="https://example.org/">B</a>', BUTTONS)


async def test_markup_and_links_arrive_without_a_preview(server: TelegramServer, telegram: TelegramTransport) -> None:
    user = server.people.add_user()
    await telegram.send(address_of(user), Parcel(POST))
    [message] = server.messages(user.id)
    assert (message.text, [e["type"] for e in message.entities]) == ("🕯 A & B", ["bold", "text_link"])
    [request] = server.requests_of("sendMessage")
    assert '"is_disabled": true' in request.parameters.text("link_preview_options")


async def test_in_chats_a_button_carries_its_command(server: TelegramServer, telegram: TelegramTransport) -> None:
    group = server.people.add_supergroup()
    await telegram.send(address_of(group), Parcel(POST))
    [message] = server.messages(group.id)
    assert message.buttons[0]["callback_data"] == "/why ihar-lednik-death"
    assert message.buttons[1]["url"].startswith("https://example.org")


async def test_in_channels_a_button_leads_to_the_bot(server: TelegramServer, telegram: TelegramTransport) -> None:
    channel = server.people.add_channel()
    await telegram.send(address_of(channel), Parcel(POST))
    [message] = server.messages(channel.id)
    assert message.buttons[0]["url"] == "https://t.me/vigil_test_bot?start=why_ihar-lednik-death"
    assert "callback_data" not in message.buttons[0]


async def test_button_that_does_not_fit_is_left_out(server: TelegramServer, telegram: TelegramTransport) -> None:
    user = server.people.add_user()
    rows = ((Button("Long", "/prisoner " + "x" * 60),), (Button("Short", "/help"),))
    await telegram.send(address_of(user), Parcel(Post("A", rows)))
    assert [b["text"] for b in server.messages(user.id)[0].buttons] == ["Short"]


async def test_forum_topic_gets_its_posts_and_general_its_own(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    forum = server.people.add_supergroup(forum=True)
    _, topic = server.people.add_topic(forum, "First"), server.people.add_topic(forum, "Reminders")
    for thread in (topic.id, 0, 1):
        await telegram.send(address_of(forum, thread), Parcel(Post("A")))
    assert [m.thread_id for m in server.messages(forum.id, by_bot=True)] == [topic.id, None, None]


async def test_silent_and_protected_are_asked_for(server: TelegramServer, telegram: TelegramTransport) -> None:
    user = server.people.add_user()
    await telegram.send(address_of(user), Parcel(POST, silent=True, protected=True))
    [message] = server.messages(user.id)
    assert (message.silent, message.protected) == (True, True)


async def test_channel_posts_are_never_protected_since_looking_forwards_them(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    channel = server.people.add_channel()
    await telegram.send(address_of(channel), Parcel(POST, protected=True))
    assert not server.messages(channel.id)[0].protected


@pytest.mark.parametrize("paid", [True, False])
async def test_paid_broadcast_is_a_setting(server: TelegramServer, wire: Wire, paid: bool) -> None:
    user = server.people.add_user()
    await TelegramTransport(wire, FreePacer(), paid=paid).send(address_of(user), Parcel(POST))
    [request] = server.requests_of("sendMessage")
    assert request.parameters.flag("allow_paid_broadcast") is paid


async def test_what_is_free_is_never_paid_for(server: TelegramServer, wire: Wire) -> None:
    user = server.people.add_user()
    await TelegramTransport(wire, FreePacer(), paid=True).send(address_of(user), Parcel(POST, free=True))
    [request] = server.requests_of("sendMessage")
    assert not request.parameters.flag("allow_paid_broadcast")


async def test_picture_is_uploaded_once_and_sent_by_name_after(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    users = [server.people.add_user() for _ in range(3)]
    refs = [
        (await telegram.send(address_of(user), Parcel(replace(POST, picture=picture())))).picture_ref for user in users
    ]
    assert server.state.uploads == 1
    assert len(set(refs)) == 1
    assert all(server.messages(user.id)[0].photo for user in users)


async def test_picture_for_many_at_once_is_uploaded_once(server: TelegramServer, telegram: TelegramTransport) -> None:
    users = [server.people.add_user() for _ in range(20)]
    parcel = Parcel(replace(POST, picture=picture()))
    await asyncio.gather(*(telegram.send(address_of(user), parcel) for user in users))
    assert (server.state.uploads, server.sent_count) == (1, 20)


async def test_failed_upload_is_made_by_the_next(server: TelegramServer, telegram: TelegramTransport) -> None:
    users = [server.people.add_user() for _ in range(3)]
    server.faults.script(BAD_GATEWAY, method="sendPhoto")
    parcel = Parcel(replace(POST, picture=picture()))
    results = await asyncio.gather(*(telegram.send(address_of(u), parcel) for u in users), return_exceptions=True)
    assert [isinstance(result, TransportError) for result in results].count(True) == 1
    assert (server.state.uploads, server.sent_count) == (1, 2)


async def test_name_of_an_upload_is_used_by_another_process(server: TelegramServer, wire: Wire) -> None:
    user = server.people.add_user()
    parcel = Parcel(replace(POST, picture=picture()))
    sent = await TelegramTransport(wire, FreePacer()).send(address_of(user), parcel)
    await TelegramTransport(wire, FreePacer()).send(address_of(user), replace(parcel, picture_ref=sent.picture_ref))
    assert server.state.uploads == 1


async def test_unknown_name_of_a_picture_is_uploaded_again(server: TelegramServer, telegram: TelegramTransport) -> None:
    user = server.people.add_user()
    sent = await telegram.send(address_of(user), Parcel(replace(POST, picture=picture()), picture_ref="AgACAgIA-gone"))
    assert len(server.messages(user.id)) == server.state.uploads == 1
    assert sent.picture_ref in server.state.photos


async def test_text_too_long_for_a_caption_goes_alone(server: TelegramServer, telegram: TelegramTransport) -> None:
    user = server.people.add_user()
    for size in (1024, 1025):
        await telegram.send(address_of(user), Parcel(Post("x" * size, picture=picture())))
    assert [message.photo is not None for message in server.messages(user.id)] == [True, False]


async def test_group_that_takes_no_photos_gets_the_text() -> None:
    refusal = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: not enough rights to send photos to the chat",
    }
    message = {"message_id": 5, "date": 0, "chat": {"id": -5, "type": "group"}, "text": "A & B"}
    replies = [reply(json.dumps(refusal).encode(), 400), reply(json.dumps({"ok": True, "result": message}).encode())]
    async with serving(answers(*replies)) as raw, Wire("1:x", raw.api) as wire:
        group = Address("telegram", "-5", kind=ChatKind.GROUP)
        sent = await TelegramTransport(wire, FreePacer()).send(group, Parcel(replace(POST, picture=picture())))
    assert sent.message_id == 5
    assert [head.split()[1].rpartition(b"/")[2] for head in raw.heads] == [b"sendPhoto", b"sendMessage"]


async def test_edited_message_keeps_its_buttons_kind(server: TelegramServer, telegram: TelegramTransport) -> None:
    channel = server.people.add_channel()
    sent = await telegram.send(address_of(channel), Parcel(POST))
    await telegram.edit(address_of(channel), sent.message_id, Post("Correction", BUTTONS))
    [message] = server.messages(channel.id)
    assert (message.text, "url" in message.buttons[0]) == ("Correction", True)


async def test_correction_too_long_for_a_caption_asks_for_a_shorter_one(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    user = server.people.add_user()
    sent = await telegram.send(address_of(user), Parcel(replace(POST, picture=picture())))
    with pytest.raises(TransportError) as caught:
        await telegram.edit(address_of(user), sent.message_id, Post("x" * 1025))
    assert (caught.value.reason, caught.value.mend) == ("caption_too_long", "shorter")


@pytest.mark.parametrize("fault", [BAD_GATEWAY, CUT_AFTER, GATEWAY_TIMEOUT])
async def test_edit_and_delete_are_never_in_doubt_since_they_can_be_repeated(
    server: TelegramServer, telegram: TelegramTransport, fault: Fault
) -> None:
    user = server.people.add_user()
    sent = await telegram.send(address_of(user), Parcel(POST))
    server.faults.script(fault, method=("editMessageText", "deleteMessage"))
    with pytest.raises(TransportError) as caught:
        await telegram.edit(address_of(user), sent.message_id, Post("B"))
    assert caught.value.fate is Fate.PASSING
    await telegram.edit(address_of(user), sent.message_id, Post("B"))
    assert server.texts(user.id) == ["B"]


async def test_exchanged_picture_is_uploaded_once_for_all(server: TelegramServer, telegram: TelegramTransport) -> None:
    users = [server.people.add_user() for _ in range(3)]
    sent = [await telegram.send(address_of(user), Parcel(replace(POST, picture=picture()))) for user in users]
    new = Parcel(Post("<b>C</b>", BUTTONS, picture(9)))
    answers = [
        await telegram.replace(address_of(user), one.message_id, new) for user, one in zip(users, sent, strict=True)
    ]
    messages = [server.messages(user.id)[0] for user in users]
    assert {message.text for message in messages} == {"C"}
    assert all(message.photo is not None and message.photo.content == picture(9).png for message in messages)
    assert messages[0].buttons[0]["callback_data"] == "/why ihar-lednik-death"
    assert server.state.uploads == 2
    assert {answer.picture_ref for answer in answers} <= set(server.state.photos)


async def test_text_where_no_photo_may_be_sent_stays_a_text(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    group = server.people.add_supergroup()
    sent = await telegram.send(address_of(group), Parcel(POST))
    server.people.mute(group)
    await telegram.replace(address_of(group), sent.message_id, Parcel(Post("C", picture=picture())))
    [message] = server.messages(group.id)
    assert (message.text, message.photo) == ("C", None)


async def test_answer_stands_beneath_the_message_it_answers(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    group = server.people.add_supergroup(forum=True)
    server.people.add_history(group, 5)
    address = replace(address_of(group), thread=server.people.add_topic(group, "Dates").id)
    sent = await telegram.send(address, Parcel(POST))
    answered = await telegram.send(address, Parcel(Post("C"), answers=sent.message_id))
    answer = server.messages(group.id, by_bot=True)[-1]
    assert (answer.id, answer.thread_id) == (answered.message_id, address.thread)
    assert answer.reply_to is not None
    assert answer.reply_to.id == sent.message_id
    await telegram.delete(address, sent.message_id)
    with pytest.raises(TransportError) as caught:
        await telegram.send(address, Parcel(Post("C"), answers=sent.message_id))
    assert (caught.value.fate, caught.value.reason) == (Fate.POST_BAD, "message_missing")


async def test_name_of_a_channel_is_resolved_to_its_id_and_kind(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    channel = server.people.add_channel(username="vigil_be")
    assert await telegram.resolve("@vigil_be") == Address("telegram", str(channel.id), 0, ChatKind.CHANNEL)
    assert await telegram.resolve(str(channel.id), 7) == Address("telegram", str(channel.id), 7, ChatKind.CHANNEL)


async def test_unknown_name_is_a_chat_that_is_not_there(telegram: TelegramTransport) -> None:
    with pytest.raises(TransportError) as caught:
        await telegram.resolve("@nobody_here")
    assert (caught.value.fate, caught.value.reason) == (Fate.CHAT_GONE, "chat_not_found")


async def test_rights_in_channels_are_those_of_the_administrator(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    posting = server.people.add_channel()
    silent = server.people.add_channel(rights=Rights(can_post_messages=False))
    reader = server.people.add_channel(bot="member", username="vigil_read")
    gone = server.people.add_channel(bot="kicked")
    found = [(await telegram.rights(address_of(c))).post for c in (posting, silent, reader, gone)]
    assert found == [True, False, False, False]


async def test_rights_in_groups_are_those_of_a_member(server: TelegramServer, telegram: TelegramTransport) -> None:
    assert await telegram.rights(address_of(server.people.add_group())) == Allowed(post=True)
    assert await telegram.rights(address_of(server.people.add_supergroup(bot="left"))) == NO_RIGHTS


async def test_who_the_bot_is_is_asked_once(server: TelegramServer, telegram: TelegramTransport) -> None:
    channel = server.people.add_channel()
    for _ in range(3):
        await telegram.send(address_of(channel), Parcel(POST))
    assert server.methods["getMe"] == 1


async def test_failure_to_learn_who_the_bot_is_leaves_nothing_in_doubt(
    server: TelegramServer, telegram: TelegramTransport
) -> None:
    channel = server.people.add_channel()
    server.faults.script(BAD_GATEWAY, method="getMe")
    with pytest.raises(TransportError) as caught:
        await telegram.send(address_of(channel), Parcel(POST))
    assert (caught.value.fate, server.sent_count) == (Fate.PASSING, 0)


def test_representations_hide_the_token() -> None:
    wire = Wire("123:secret", "https://api.telegram.org")
    assert "secret" not in repr(wire) + repr(wire.bot) + repr(TelegramTransport(wire, FreePacer()))
