"""Faults on the way, and what the journal says of them."""

import asyncio
import json

import aiohttp
import pytest

from tests.telegram import TelegramServer, faults
from tests.telegram.caller import Caller
from tests.telegram.faults import Fault


async def fate(call: Caller, chat_id: int) -> str:
    """Send one message and tell what the client saw."""
    parameters = {"chat_id": chat_id, "text": "x"}
    try:
        async with call.session.post(f"{call.base}/sendMessage", json=parameters) as response:
            body = await response.read()
    except aiohttp.ServerDisconnectedError:
        return "cut"
    except aiohttp.ClientPayloadError:
        return "truncated"
    if response.content_type == "text/html":
        return f"page {response.status}"
    return f"{response.status} {json.loads(body)['ok']}"


@pytest.mark.parametrize(
    ("fault", "seen", "arrives"),
    [
        (faults.INTERNAL_ERROR, "page 500", False),
        (faults.BAD_GATEWAY, "page 502", False),
        (faults.BAD_GATEWAY_BUT_SENT, "page 502", True),
        (faults.UNAVAILABLE, "page 503", False),
        (faults.GATEWAY_TIMEOUT, "page 504", True),
        (faults.NOT_OK, "200 False", False),
        (faults.TRUNCATED, "truncated", True),
        (faults.CUT_BEFORE, "cut", False),
        (faults.CUT_AFTER, "cut", True),
        (faults.slow(0.01), "200 True", True),
        (faults.late(0.01), "200 True", True),
        (faults.flood(3), "429 False", False),
    ],
)
async def test_fault_does_what_it_says(
    server: TelegramServer, call: Caller, fault: Fault, seen: str, arrives: bool
) -> None:
    user = server.people.add_user()
    server.faults.script(fault)
    assert await fate(call, user.id) == seen
    await server.wait_for(lambda: server.requests and not server.state.journal.open)
    request = server.requests[0]
    assert (request.fault, request.acted, len(server.sent)) == (fault, arrives, int(arrives))
    assert request.is_lost_answer == (arrives and not fault.is_true)
    assert server.faults_met == {fault.kind: 1}


async def test_scripted_faults_come_in_order_and_then_end(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    server.faults.script(faults.BAD_GATEWAY, None, faults.CUT_AFTER)
    assert [await fate(call, user.id) for _ in range(4)] == ["page 502", "200 True", "cut", "200 True"]


async def test_fault_keeps_to_its_method_chat_and_kind(server: TelegramServer, call: Caller) -> None:
    user, other, channel = server.people.add_user(), server.people.add_user(), server.people.add_channel()
    server.faults.script(faults.UNAVAILABLE, chat=user.id)
    server.faults.script(faults.BAD_GATEWAY, kind="channel", method=("sendMessage", "sendPhoto"))
    await call.ok("getMe")
    assert await fate(call, other.id) == "200 True"
    assert await fate(call, channel.id) == "page 502"
    assert await fate(call, user.id) == "page 503"


async def test_flood_holds_its_chat_alone(server: TelegramServer, call: Caller) -> None:
    user, other = server.people.add_user(), server.people.add_user()
    server.faults.script(faults.flood(30), chat=user.id)
    assert [await fate(call, chat.id) for chat in (user, user, other)] == ["429 False", "429 False", "200 True"]
    server.clock.advance(30)
    assert await fate(call, user.id) == "200 True"


async def outcomes(seed: int, interleaved: bool) -> list[list[str]]:
    async with TelegramServer(seed=seed) as server, aiohttp.ClientSession() as session:
        call = Caller(server, session)
        chats = [server.people.add_channel().id for _ in range(4)]
        server.faults.chance(faults.BAD_GATEWAY, 0.3, kind="channel")
        server.faults.chance(faults.CUT_AFTER, 0.3, kind="channel")

        async def series(chat: int) -> list[str]:
            return [await fate(call, chat) for _ in range(25)]

        if interleaved:
            return list(await asyncio.gather(*map(series, chats)))
        return [await series(chat) for chat in reversed(chats)][::-1]


async def test_chance_is_the_same_for_the_same_seed_in_any_order() -> None:
    one = await outcomes(5, interleaved=True)
    assert one == await outcomes(5, interleaved=False)
    assert one != await outcomes(6, interleaved=True)
    flat = [outcome for series in one for outcome in series]
    assert [flat.count(kind) for kind in ("page 502", "cut", "200 True")] == pytest.approx([30, 30, 40], abs=12)


async def test_latency_lies_before_and_after_the_act(server: TelegramServer, call: Caller) -> None:
    server.faults.latency_s = 0.04
    user = server.people.add_user()
    sending = asyncio.create_task(call.ok("sendMessage", chat_id=user.id, text="x"))
    await server.wait_for(lambda: server.state.journal.open)
    assert server.sent == []
    await server.wait_for(lambda: server.sent_count)
    assert [request.method for request in server.in_flight()] == ["sendMessage"]
    await sending
    assert server.in_flight() == []
    assert len(server.in_flight(slack_s=60)) == 1


async def test_message_of_a_client_that_hung_up_arrives_and_counts_as_lost_answer(server: TelegramServer) -> None:
    server.faults.latency_s = 0.02
    user = server.people.add_user()
    async with aiohttp.ClientSession() as session:
        sending = asyncio.create_task(Caller(server, session).ok("sendMessage", chat_id=user.id, text="x"))
        await server.wait_for(lambda: server.state.journal.open)
        sending.cancel()
    await server.wait_for(lambda: not server.state.journal.open)
    assert server.texts(user.id) == ["x"]
    assert (server.requests[0].gone, server.requests[0].is_lost_answer) == (True, True)


async def test_unplugged_server_refuses_connections_until_plugged_in(server: TelegramServer, call: Caller) -> None:
    await call.ok("getMe")
    await server.unplug()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("getMe")
    await server.plug()
    await call.ok("getMe")


async def test_doubled_messages_are_found(server: TelegramServer, call: Caller) -> None:
    user, channel = server.people.add_user(), server.people.add_channel()
    for chat, text in ((user, "a"), (user, "b"), (channel, "a"), (user, "a")):
        await call.ok("sendMessage", chat_id=chat.id, text=text)
    assert server.doubled() == [(user.id, "a")]
    assert server.doubled(chat_id=channel.id) == []
