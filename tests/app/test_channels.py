"""A channel set up from its administrator's private chat, over a real process and a strict Telegram."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.app.process import running
from tests.app.scene import PATIENCE_S, address_of, answer, chats_in, remembered_today, states_in, subscribe
from tests.telegram import Chat, Message, Rights, TelegramServer, User


@pytest.fixture
def server(home: Path, tmp_path: Path) -> Iterator[TelegramServer]:
    """A Telegram with a running bot that nobody was refused by."""
    settings = remembered_today(tmp_path)
    with TelegramServer() as telegram, running(home, telegram, chat_rate=50, **settings) as process:
        yield telegram
        assert process.stop()[0] == 0
        assert not any("error" in line or "Traceback" in line for line in process.err)


def test_a_channel_is_set_up_in_private_and_its_posts_carry_its_lines(home: Path, server: TelegramServer) -> None:
    admin = server.people.add_user()
    channel = server.people.add_channel("Memory <1>", admin, bot="left")
    server.people.promote(channel, admin)
    page = _page(server, admin)
    assert "Channel: Memory <1>" in page.text
    assert all(len(b["callback_data"].encode()) <= 64 for row in page.buttons for b in _row(row))
    assert str(channel.id) not in str(page.buttons)
    assert chats_in(home)[address_of(channel)].state == "unsubscribed"

    for name, line in (("opening", "Against <forgetting> & silence"), ("signature", "Write to us")):
        assert "at most 200 characters" in answer(server, admin, f"/channel {_number(home, channel)} {name}")
        answer(server, admin, line)
    for change in ("at 00:00", "zone UTC", "facts never", "begin"):
        answer(server, admin, f"/channel {_number(home, channel)} {change}")
    chat = chats_in(home)[address_of(channel)]
    assert (chat.state, chat.opening, chat.signature) == ("active", "Against <forgetting> & silence", "Write to us")


def test_forged_numbers_and_former_administrators_are_politely_refused(home: Path, server: TelegramServer) -> None:
    admin, stranger = server.people.add_user(), server.people.add_user()
    channel = server.people.add_channel("Memory", admin, bot="left")
    server.people.promote(channel, admin)
    page = _page(server, admin)
    number = _number(home, channel)
    before = chats_in(home)[address_of(channel)]
    for forged in (f"{number} language ru", f"{number} remove yes", "999999999999999999", "x", "", f"{number} skip"):
        assert "not among those" in answer(server, stranger, f"/channel {forged}")
    server.people.set_member(channel, admin, "left")
    press = server.people.press(admin, page, _button(page, f"/channel {number} begin"))
    server.wait(lambda: press.id in server.answers, PATIENCE_S)
    assert "not among those" in answer(server, admin, f"/channel {number} begin")
    assert chats_in(home)[address_of(channel)] == before


def test_rights_lost_and_regained_and_the_bot_removed(home: Path, server: TelegramServer) -> None:
    admin = server.people.add_user()
    channel = server.people.add_channel("Memory", admin, bot="left")
    server.people.promote(channel, admin)
    _page(server, admin)
    answer(server, admin, f"/channel {_number(home, channel)} begin")
    server.people.promote(channel, admin, rights=Rights(can_post_messages=False))
    _wait_for(server, admin, "may no longer post")
    assert chats_in(home)[address_of(channel)].state == "paused"
    server.people.promote(channel, admin)
    _wait_for(server, admin, "may post in this channel again")
    assert chats_in(home)[address_of(channel)].state == "active"
    server.people.kick(channel, admin)
    server.wait(lambda: address_of(channel) not in chats_in(home), PATIENCE_S)


def test_who_never_started_the_bot_finds_her_channel_later(home: Path, server: TelegramServer) -> None:
    admin = server.people.add_user(started=False, known=False)
    channel = server.people.add_channel("Memory", admin, bot="left")
    server.people.promote(channel, admin)
    server.wait(lambda: address_of(channel) in chats_in(home), PATIENCE_S)
    assert address_of(server.chat(admin.id)) not in chats_in(home)
    answer(server, admin, "/channels")
    assert "Memory" in str(server.messages(admin.id, by_bot=True)[-1].buttons)
    assert [r.method for r in server.requests if r.status not in (200, None)] == ["sendMessage"]  # the greeting


def test_a_group_that_becomes_a_supergroup_goes_on(home: Path, server: TelegramServer) -> None:
    admin = server.people.add_user()
    group = server.people.add_group("Group", admin)
    server.people.say(admin, "/subscribe", group)
    server.wait(lambda: address_of(group) in chats_in(home), PATIENCE_S)
    large = server.people.upgrade(group)
    server.wait(lambda: address_of(large) in chats_in(home), PATIENCE_S)
    assert chats_in(home)[address_of(large)].state == "active"
    assert address_of(group) not in chats_in(home)
    server.people.kick(large, admin)
    server.wait(lambda: address_of(large) not in chats_in(home), PATIENCE_S)


@pytest.mark.parametrize("choice", ["post", "skip"])
def test_a_post_is_shown_an_hour_before_and_can_be_skipped(home: Path, tmp_path: Path, choice: str) -> None:
    now = datetime.now(UTC)
    soon = now.replace(second=0, microsecond=0) + timedelta(minutes=5)
    if soon.date() != now.date():
        pytest.skip("the day ends before the post")
    with TelegramServer() as server:
        admin = server.people.add_user()
        channel = server.people.add_channel("Memory", admin)
        subscribe(home, address_of(channel), at=soon.time())
        with running(home, server, chat_rate=50, **remembered_today(tmp_path)) as process:
            answer(server, admin, f"/channel {_number(home, channel)} previews on")
            shown = _wait_for(server, admin, "if you do not skip it")
            assert "Ihar Lednik" in shown.text
            pressed = server.people.press(admin, shown, _button(shown, f" {choice} "))
            server.wait(lambda: pressed.id in server.answers, PATIENCE_S)
            assert states_in(home) == []
            answer(server, admin, f"/channel {_number(home, channel)} at 00:00")
            server.wait(lambda: (states_in(home) or [""])[0] in ("sent", "dropped"), PATIENCE_S)
            assert states_in(home) == (["sent"] if choice == "post" else ["dropped"])
            assert len(server.texts(channel.id)) == (choice == "post")
            late = server.people.press(admin, shown, _button(shown, f" {choice} "))
            server.wait(lambda: late.id in server.answers, PATIENCE_S)
            assert process.stop()[0] == 0


def _page(server: TelegramServer, admin: User) -> Message:
    return _wait_for(server, admin, "Nothing is posted there until")


def _wait_for(server: TelegramServer, admin: User, words: str) -> Message:
    server.wait(lambda: any(words in text for text in server.texts(admin.id)), PATIENCE_S)
    return next(message for message in server.messages(admin.id, by_bot=True) if words in message.text)


def _row(row: object) -> list[dict[str, str]]:
    return row if isinstance(row, list) else [row]  # type: ignore[list-item]


def _button(message: Message, command: str) -> str:
    return next(str(b["text"]) for row in message.buttons for b in _row(row) if command in b["callback_data"])


def _number(home: Path, channel: Chat) -> int:
    return chats_in(home)[address_of(channel)].id
