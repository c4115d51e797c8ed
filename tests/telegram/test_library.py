"""python-telegram-bot understands the server as it understands Telegram."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageOriginChannel
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.telegram import TelegramServer, faults
from tests.telegram.test_sending import png


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.api}/bot", base_file_url=f"{server.api}/file/bot") as made:
        yield made


async def test_message_comes_back_whole(server: TelegramServer, bot: Bot) -> None:
    user = server.people.add_user()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Why", callback_data="/why 1")]])
    message = await bot.send_message(user.id, "<b>a</b> &lt;", parse_mode="HTML", reply_markup=keyboard)
    assert (message.text_html, message.reply_markup, message.chat.type) == ("<b>a</b> &lt;", keyboard, "private")


async def test_photo_is_sent_and_forwarded(server: TelegramServer, bot: Bot) -> None:
    channel, user = server.people.add_channel(), server.people.add_user()
    photo = await bot.send_photo(channel.id, BytesIO(png(640, 480)), caption="x")
    again = await bot.send_photo(user.id, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    forwarded = await bot.forward_message(user.id, channel.id, photo.message_id)
    assert isinstance(forwarded.forward_origin, MessageOriginChannel)
    assert (forwarded.forward_origin.message_id, forwarded.forward_origin.date) == (photo.message_id, photo.date)


async def test_updates_and_chats_are_understood(server: TelegramServer, bot: Bot) -> None:
    user = server.people.add_user(username="alena")
    channel = server.people.add_channel("News", user, bot="left", username="news")
    server.people.promote(channel, user)
    server.people.say(user, "/start from_channel")
    member, message = await bot.get_updates()
    assert member.my_chat_member is not None
    assert member.my_chat_member.new_chat_member.status == "administrator"
    assert message.message is not None
    assert message.message.parse_entities() == {message.message.entities[0]: "/start"}
    assert (await bot.get_chat("@news")).title == "News"
    assert len(await bot.get_chat_administrators(channel.id)) == 2


async def test_retry_after(server: TelegramServer, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the library warns that `retry_after` will become a timedelta; it may go once it has.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    user = server.people.add_user()
    server.faults.script(faults.flood(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(user.id, "x")
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_chat_migrated(server: TelegramServer, bot: Bot) -> None:
    group = server.people.add_group()
    large = server.people.upgrade(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == large.id


async def test_forbidden(server: TelegramServer, bot: Bot) -> None:
    user = server.people.add_user()
    server.people.block(user)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(user.id, "x")


@pytest.mark.parametrize(
    ("text", "thread_id", "words"),
    [
        ("x" * 4097, None, "Message is too long"),
        ("<b>", None, "Can't parse entities"),
        ("x", 9, "Message thread not found"),
    ],
)
async def test_bad_request(server: TelegramServer, bot: Bot, text: str, thread_id: int | None, words: str) -> None:
    chat = server.people.add_supergroup(forum=True)
    with pytest.raises(BadRequest, match=words):
        await bot.send_message(chat.id, text, parse_mode="HTML", message_thread_id=thread_id)


async def test_conflict(server: TelegramServer, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict):
        await bot.get_updates()


@pytest.mark.parametrize("fault", [faults.INTERNAL_ERROR, faults.BAD_GATEWAY, faults.UNAVAILABLE, faults.CUT_AFTER])
async def test_network_error(server: TelegramServer, bot: Bot, fault: faults.Fault) -> None:
    server.faults.script(fault)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(server.people.add_user().id, "x")
    assert not isinstance(caught.value, BadRequest)


async def test_not_ok_with_status_200_is_a_raw_key_error(server: TelegramServer, bot: Bot) -> None:
    server.faults.script(faults.NOT_OK)
    with pytest.raises(KeyError):
        await bot.send_message(server.people.add_user().id, "x")


async def test_invalid_token(server: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("5:wrong", base_url=f"{server.api}/bot"):
            pass
