"""Sliding windows."""

import asyncio
from typing import Any

import pytest

from tests.telegram import Chat, TelegramServer
from tests.telegram.caller import Caller


@pytest.fixture
def limited(server: TelegramServer) -> TelegramServer:
    server.limits.enabled = True
    return server


async def burst(call: Caller, chats: list[int], **more: Any) -> list[int]:
    return [(await call("sendMessage", chat_id=chat, text="x", **more))[0] for chat in chats]


async def test_thirty_first_message_of_a_second_is_refused(limited: TelegramServer, call: Caller) -> None:
    users = [limited.people.add_user().id for _ in range(31)]
    assert await burst(call, users) == [200] * 30 + [429]
    limited.clock.advance(1)
    assert await burst(call, users[-1:]) == [200]


async def test_refusal_says_when_to_try_again(limited: TelegramServer, call: Caller) -> None:
    group = limited.people.add_group()
    await burst(call, [group.id] * 20)
    limited.clock.advance(20)
    status, body = await call("sendMessage", chat_id=group.id, text="x")
    assert status == 429
    assert body["description"] == "Too Many Requests: retry after 40"
    assert body["parameters"] == {"retry_after": 40}


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_group_takes_twenty_in_any_minute(limited: TelegramServer, call: Caller, kind: str) -> None:
    chat: Chat = getattr(limited.people, f"add_{kind}")()
    assert await burst(call, [chat.id] * 10) == [200] * 10
    limited.clock.advance(40)
    assert await burst(call, [chat.id] * 11) == [200] * 10 + [429]
    limited.clock.advance(20)
    assert await burst(call, [chat.id] * 11) == [200] * 10 + [429]


async def test_private_chat_takes_one_a_second(limited: TelegramServer, call: Caller) -> None:
    user = limited.people.add_user()
    assert await burst(call, [user.id] * 2) == [200, 429]
    limited.clock.advance(1)
    assert await burst(call, [user.id]) == [200]


async def test_private_chat_may_allow_a_short_burst(limited: TelegramServer, call: Caller) -> None:
    limited.limits.private_burst = 3
    assert await burst(call, [limited.people.add_user().id] * 4) == [200, 200, 200, 429]


async def test_paid_broadcast_has_its_own_limit(limited: TelegramServer, call: Caller) -> None:
    users = [limited.people.add_user().id for _ in range(40)]
    assert await burst(call, users, allow_paid_broadcast=True) == [200] * 40
    assert limited.limits.paid_messages == 40


async def test_refused_messages_do_not_count(limited: TelegramServer, call: Caller) -> None:
    users = [limited.people.add_user().id for _ in range(30)]
    await burst(call, [*users[:29], *[users[0]] * 5])
    assert await burst(call, users[29:]) == [200]
    assert limited.limits.refused == 5


async def test_held_chat_is_refused_while_others_pass(server: TelegramServer, call: Caller) -> None:
    held, other = server.people.add_user(), server.people.add_user()
    server.limits.hold(held.id, server.clock.elapsed() + 10_000)
    assert await burst(call, [held.id, other.id]) == [429, 200]
    server.clock.advance(10_000)
    assert await burst(call, [held.id]) == [200]


async def test_refusal_has_its_header(limited: TelegramServer, call: Caller) -> None:
    post = {"chat_id": limited.people.add_user().id, "text": "x"}
    await call.ok("sendMessage", **post)
    async with call.session.post(f"{call.base}/sendMessage", json=post) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")


async def test_too_many_requests_in_flight_are_refused(limited: TelegramServer, call: Caller) -> None:
    limited.limits.in_flight = 1
    polling = asyncio.create_task(call.ok("getUpdates", timeout=30))
    await limited.wait_for(lambda: limited.state.journal.open)
    assert (await call("getMe"))[0] == 429
    limited.people.say(limited.people.add_user(), "x")
    await polling


async def test_without_limits_everything_passes(server: TelegramServer, call: Caller) -> None:
    assert await burst(call, [server.people.add_user().id] * 40) == [200] * 40
