"""Which chats the bot reaches, and the words in which it is turned away."""

from collections.abc import Callable

import pytest

from tests.telegram import Rights, TelegramServer
from tests.telegram.caller import Caller

Place = Callable[[TelegramServer], int | str]


def blocked(server: TelegramServer) -> int:
    user = server.people.add_user()
    server.people.block(user)
    return user.id


def deactivated(server: TelegramServer) -> int:
    user = server.people.add_user()
    server.people.deactivate(user)
    return user.id


def kicked_from(kind: str) -> Place:
    def place(server: TelegramServer) -> int:
        chat = getattr(server.people, f"add_{kind}")()
        server.people.kick(chat)
        return int(chat.id)

    return place


def absent_from(kind: str) -> Place:
    return lambda server: int(getattr(server.people, f"add_{kind}")(bot="left").id)


def deleted_group(server: TelegramServer) -> int:
    group = server.people.add_group()
    server.people.delete_chat(group)
    return group.id


def deleted_channel(server: TelegramServer) -> str:
    channel = server.people.add_channel(username="gone")
    server.people.delete_chat(channel)
    return "@gone"


def muted(server: TelegramServer) -> int:
    chat = server.people.add_supergroup()
    server.people.mute(chat)
    return chat.id


@pytest.mark.parametrize(
    ("place", "description"),
    [
        (blocked, "Forbidden: bot was blocked by the user"),
        (deactivated, "Forbidden: user is deactivated"),
        (lambda s: s.people.add_user(started=False).id, "Forbidden: bot can't initiate conversation with a user"),
        (lambda s: s.people.add_user(known=False).id, "Bad Request: chat not found"),
        (lambda s: 999, "Bad Request: chat not found"),
        (lambda s: "@nobody", "Bad Request: chat not found"),
        (lambda s: "@" + s.people.add_user(username="alena").username, "Bad Request: chat not found"),
        (lambda s: "", "Bad Request: chat_id is empty"),
        (kicked_from("group"), "Forbidden: bot was kicked from the group chat"),
        (kicked_from("supergroup"), "Forbidden: bot was kicked from the supergroup chat"),
        (kicked_from("channel"), "Forbidden: bot was kicked from the channel chat"),
        (absent_from("group"), "Forbidden: bot is not a member of the group chat"),
        (absent_from("supergroup"), "Forbidden: bot is not a member of the supergroup chat"),
        (absent_from("channel"), "Forbidden: bot is not a member of the channel chat"),
        (deleted_group, "Forbidden: the group chat was deleted"),
        (deleted_channel, "Bad Request: chat not found"),
        (
            lambda s: s.people.add_channel(rights=Rights(can_post_messages=False)).id,
            "Bad Request: need administrator rights in the channel chat",
        ),
        (
            lambda s: s.people.add_channel(bot="member").id,
            "Bad Request: need administrator rights in the channel chat",
        ),
        (muted, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_sending_is_refused(server: TelegramServer, call: Caller, place: Place, description: str) -> None:
    assert await call.refused("sendMessage", chat_id=place(server), text="x") == description
    assert server.sent == []


async def test_upgraded_group_names_its_new_id(server: TelegramServer, call: Caller) -> None:
    group = server.people.add_group("Friends", server.people.add_user())
    large = server.people.upgrade(group)
    status, body = await call("sendMessage", chat_id=group.id, text="x")
    assert (status, body["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert body["parameters"] == {"migrate_to_chat_id": large.id}
    assert (await call.ok("sendMessage", chat_id=large.id, text="x"))["message_id"] == 2


async def test_public_channel_is_read_but_not_written_from_outside(server: TelegramServer, call: Caller) -> None:
    server.people.add_channel(username="news", bot="left")
    assert (await call.ok("getChat", chat_id="@news"))["username"] == "news"
    said = await call.refused("sendMessage", chat_id="@news", text="x")
    assert said == "Forbidden: bot is not a member of the channel chat"


async def test_forum_topics(server: TelegramServer, call: Caller) -> None:
    forum = server.people.add_supergroup("Forum", forum=True)
    topic = server.people.add_topic(forum, "Reminders")
    sent = await call.ok("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    assert "message_thread_id" not in await call.ok("sendMessage", chat_id=forum.id, text="in General")


@pytest.mark.parametrize("thread_id", [1, 999])
async def test_thread_that_is_none_is_refused(server: TelegramServer, call: Caller, thread_id: int) -> None:
    forum = server.people.add_supergroup(forum=True)
    server.people.say(server.people.add_user(), "just a message", forum)
    said = await call.refused("sendMessage", chat_id=forum.id, message_thread_id=thread_id, text="x")
    assert said == "Bad Request: message thread not found"


async def test_closed_topic_is_refused_but_to_those_who_manage_topics(server: TelegramServer, call: Caller) -> None:
    forum = server.people.add_supergroup(forum=True)
    topic = server.people.add_topic(forum, "Reminders")
    post = {"chat_id": forum.id, "message_thread_id": topic.id, "text": "x"}
    server.people.close_topic(forum, topic)
    assert await call.refused("sendMessage", **post) == "Bad Request: TOPIC_CLOSED"
    server.people.promote(forum, rights=Rights(can_manage_topics=True))
    await call.ok("sendMessage", **post)


async def test_deleted_topic_takes_its_messages_along(server: TelegramServer, call: Caller) -> None:
    forum = server.people.add_supergroup(forum=True)
    topic = server.people.add_topic(forum, "Reminders")
    post = {"chat_id": forum.id, "message_thread_id": topic.id, "text": "x"}
    await call.ok("sendMessage", **post)
    server.people.delete_topic(forum, topic)
    assert server.texts(forum.id) == []
    assert await call.refused("sendMessage", **post) == "Bad Request: message thread not found"
