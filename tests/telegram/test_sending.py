"""Sending, over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.telegram import TelegramServer

Send = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def call(server: TelegramServer) -> AsyncIterator[Send]:
    """Call a method with JSON and return status and body."""
    async with aiohttp.ClientSession() as session:

        async def send(method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
            async with session.post(f"{server.api}/bot{server.token}/{method}", json=parameters) as response:
                return response.status, await response.json()

        yield send


async def test_text_arrives_with_its_entities(server: TelegramServer, call: Send) -> None:
    user = server.people.add_user()
    status, body = await call("sendMessage", chat_id=user.id, text="😀 <b>Lednik &amp; others</b> ", parse_mode="HTML")
    assert status == 200
    assert body["result"]["text"] == "😀 Lednik & others"
    assert body["result"]["entities"] == [{"offset": 3, "length": 15, "type": "bold"}]
    assert server.texts(user.id) == ["😀 Lednik & others"]


async def test_thirty_first_message_of_a_second_is_refused(server: TelegramServer, call: Send) -> None:
    server.limits.enabled = True
    users = [server.people.add_user() for _ in range(31)]
    answers = [await call("sendMessage", chat_id=user.id, text="x") for user in users]
    assert [status for status, _ in answers] == [200] * 30 + [429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}


async def test_channel_ids_run_by_one(server: TelegramServer, call: Send) -> None:
    channel = server.people.add_channel(username="vigil_be", last_id=7000)
    server.people.post(channel, "by an administrator")
    _, body = await call("sendMessage", chat_id="@vigil_be", text="x")
    assert body["result"]["message_id"] == 7002
