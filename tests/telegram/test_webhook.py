"""Updates posted to a webhook."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.telegram import TelegramServer
from tests.telegram.caller import Caller


@dataclass
class Hook:
    """A bot's webhook: keeps what it got, answers with the scripted statuses and then 200."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    reply: dict[str, Any] | None = None

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply or {}, status=status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    runner = web.ServerRunner(web.Server(made.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(server: TelegramServer, call: Caller, hook: Hook) -> None:
    server.people.say(server.people.add_user(), "before")
    await call.ok("setWebhook", url=hook.url, secret_token="s3-cret_")
    server.people.say(server.people.add_user(), "after")
    await server.wait_for(lambda: not server.updates.pending())
    assert [update["message"]["text"] for update in hook.got] == ["before", "after"]
    assert hook.secrets == ["s3-cret_"] * 2


async def test_failed_post_is_tried_again_in_order(server: TelegramServer, call: Caller, hook: Hook) -> None:
    server.webhook.retry_s = 0.01
    hook.statuses = [500, 403]
    await call.ok("setWebhook", url=hook.url)
    user = server.people.add_user()
    for text in ("a", "b"):
        server.people.say(user, text)
    await server.wait_for(lambda: not server.updates.pending())
    assert [update["message"]["text"] for update in hook.got] == ["a", "a", "a", "b"]
    info = await call.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_unreachable_webhook_keeps_updates_pending(server: TelegramServer, call: Caller) -> None:
    await call.ok("setWebhook", url="http://127.0.0.1:9/hook")
    server.people.say(server.people.add_user(), "x")
    await server.wait_for(lambda: server.state.webhook.last_error)
    info = await call.ok("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    await call.ok("deleteWebhook", drop_pending_updates=True)
    assert await call.ok("getUpdates") == []


async def test_method_in_the_reply_is_carried_out(server: TelegramServer, call: Caller, hook: Hook) -> None:
    user = server.people.add_user()
    hook.reply = {"method": "sendMessage", "chat_id": user.id, "text": "straight away"}
    await call.ok("setWebhook", url=hook.url)
    server.people.say(user, "x")
    await server.wait_for(lambda: server.texts(user.id) == ["straight away"])


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"url": "http://vigil.example/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://vigil.example:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https:///hook"}, "invalid webhook URL specified"),
        ({"url": "https://vigil.example", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://vigil.example", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_webhook_is_refused(call: Caller, parameters: dict[str, str], refusal: str) -> None:
    assert await call.refused("setWebhook", **parameters) == f"Bad Request: {refusal}"
