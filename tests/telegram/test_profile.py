"""Commands, descriptions, chat information and pins."""

from typing import Any

import pytest

from tests.telegram import Rights, TelegramServer
from tests.telegram.caller import Caller

TODAY = {"command": "today", "description": "What is remembered today"}


async def test_commands_are_kept_by_scope_and_language(server: TelegramServer, call: Caller) -> None:
    await call.ok("setMyCommands", commands=[TODAY])
    await call.ok("setMyCommands", commands=[TODAY], scope={"type": "all_private_chats"}, language_code="be")
    assert await call.ok("getMyCommands") == [TODAY]
    assert await call.ok("getMyCommands", language_code="be") == []
    assert server.commands[("all_private_chats", "be")] == [TODAY]
    await call.ok("deleteMyCommands")
    assert await call.ok("getMyCommands") == []


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"commands": [{"command": "To-day", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [TODAY] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [TODAY], "language_code": "belarusian"}, "invalid language code specified"),
        ({"commands": [TODAY], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        (
            {"commands": [TODAY], "scope": {"type": "world"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
    ],
)
async def test_commands_are_refused(call: Caller, parameters: dict[str, Any], refusal: str) -> None:
    assert await call.refused("setMyCommands", **parameters) == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("name", "parameter", "most"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120), ("Name", "name", 64)],
)
async def test_texts_are_kept_by_language(call: Caller, name: str, parameter: str, most: int) -> None:
    await call.ok(f"setMy{name}", **{parameter: "д" * most})
    await call.ok(f"setMy{name}", **{parameter: "памяць", "language_code": "be"})
    assert await call.ok(f"getMy{name}", language_code="ru") == {parameter: "д" * most}
    assert await call.ok(f"getMy{name}", language_code="be") == {parameter: "памяць"}
    assert "too long" in await call.refused(f"setMy{name}", **{parameter: "д" * (most + 1)})


async def test_chat_members(server: TelegramServer, call: Caller) -> None:
    owner, stranger = server.people.add_user(), server.people.add_user()
    channel = server.people.add_channel("News", owner, rights=Rights(can_edit_messages=False))
    administrators = await call.ok("getChatAdministrators", chat_id=channel.id)
    assert [member["status"] for member in administrators] == ["creator", "administrator"]
    me = await call.ok("getChatMember", chat_id=channel.id, user_id=server.state.bot.id)
    assert (me["can_post_messages"], me["can_edit_messages"]) == (True, False)
    assert (await call.ok("getChatMember", chat_id=channel.id, user_id=stranger.id))["status"] == "left"
    assert await call.ok("getChatMemberCount", chat_id=channel.id) == 2
    assert await call.refused("getChatMember", chat_id=channel.id, user_id=5) == "Bad Request: user not found"


async def test_leaving(server: TelegramServer, call: Caller) -> None:
    group = server.people.add_group()
    await call.ok("leaveChat", chat_id=group.id)
    said = await call.refused("sendMessage", chat_id=group.id, text="x")
    assert said == "Forbidden: bot is not a member of the group chat"


async def test_pinning(server: TelegramServer, call: Caller) -> None:
    channel, group = server.people.add_channel(), server.people.add_supergroup()
    for chat in (channel, group):
        await call.ok("sendMessage", chat_id=chat.id, text="x")
    await call.ok("pinChatMessage", chat_id=channel.id, message_id=1)
    assert (await call.ok("getChat", chat_id=channel.id))["pinned_message"]["text"] == "x"
    await call.ok("unpinChatMessage", chat_id=channel.id)
    assert not server.messages(channel.id)[0].is_pinned
    said = await call.refused("pinChatMessage", chat_id=group.id, message_id=1)
    assert said == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_chat_action(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await call.ok("sendChatAction", chat_id=user.id, action="typing")
    assert server.state.actions == [(user.id, "typing")]
    said = await call.refused("sendChatAction", chat_id=user.id, action="sleeping")
    assert said == "Bad Request: wrong parameter action in request"


async def test_logging_out_refuses_everything_after(server: TelegramServer, call: Caller) -> None:
    await call.ok("close")
    await call.ok("logOut")
    assert await call.refused("getMe") == "Logged out"
