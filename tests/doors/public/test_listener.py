"""What stands on the public listener, spoken to as Telegram, a proxy and strangers do: over real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.doors.public import app
from bot.doors.public.app import public_app, public_server
from bot.doors.public.protocol import BoundedProtocol
from bot.doors.public.webhook import HEADER, MOST_BYTES, Hook, Webhook
from bot.doors.serving import Server

HOOK = Hook("https://vigil.example/telegram", "/telegram", "s3-cret_of_ours")
UPDATE = {"update_id": 7, "message": {"text": "/today"}}
JSON = {"Content-Type": "application/json"}
RIGHT = JSON | {HEADER: HOOK.secret}
SOON_S = 5.0


@dataclass
class Desk:
    """What takes updates: keeps what it got, and says whether it was taken; waits at the gate if it is shut."""

    got: list[dict[str, Any]] = field(default_factory=list)
    takes: bool = True
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, update: dict[str, Any]) -> bool:
        self.got.append(update)
        self.asked.set()
        await self.gate.wait()
        if update["update_id"] == 666:
            raise RuntimeError("a defect that names Jane Doe")
        return self.takes


# One listener for all: to stop one takes a fifth of a second.
pytestmark = pytest.mark.asyncio(loop_scope="module")
_ONE = Desk()


@pytest.fixture
def desk() -> Desk:
    """The desk behind the listener, as if nothing had come yet."""
    _ONE.got.clear()
    _ONE.asked.clear()
    _ONE.gate.set()
    _ONE.takes = True
    return _ONE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[Server]:
    made = await _listening()
    yield made
    await made.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def client(server: Server, desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(server) as opened:
        yield opened


async def test_an_update_with_the_secret_is_taken(client: httpx.AsyncClient, desk: Desk) -> None:
    response = await client.post("/telegram", json=UPDATE, headers=RIGHT)

    assert (response.status_code, response.content) == (200, b"")
    assert desk.got == [UPDATE]


async def test_what_a_proxy_says_of_the_request_means_nothing(client: httpx.AsyncClient, desk: Desk) -> None:
    said = {"Host": "elsewhere.example", "X-Forwarded-For": "203.0.113.7", "Origin": "https://elsewhere.example"}
    response = await client.post("/telegram?a=b", json=UPDATE, headers=RIGHT | said)

    assert response.status_code == 200
    assert desk.got == [UPDATE]


async def test_an_update_that_was_not_taken_is_asked_for_again(client: httpx.AsyncClient, desk: Desk) -> None:
    desk.takes = False

    assert (await client.post("/telegram", json=UPDATE, headers=RIGHT)).status_code == 503


@pytest.mark.parametrize("secret", [None, "", "s3-cret_of_our", "S3-CRET_OF_OURS", "вірны", "s3-cret_of_ours\x7f"])
async def test_who_does_not_know_the_secret_learns_nothing(
    client: httpx.AsyncClient, desk: Desk, secret: str | None
) -> None:
    said = JSON if secret is None else JSON | {HEADER: secret}
    headers = {name.encode(): value.encode() for name, value in said.items()}
    with capture_logs():
        refused = await client.post("/telegram", content=b"{}", headers=headers)
        unknown = await client.post("/nothing-here", content=b"{}", headers=RIGHT)

    assert _told(refused) == _told(unknown) == (404, b"", {"connection": "close", "content-length": "0"})
    assert desk.got == []


async def test_a_secret_given_twice_is_none(server: Server, desk: Desk) -> None:
    twice = f"{HEADER}: {HOOK.secret}\r\n{HEADER}: {HOOK.secret}\r\n"
    with capture_logs():
        answer = await _spoken(server, f"POST /telegram HTTP/1.1\r\nHost: a\r\n{twice}Content-Length: 2\r\n\r\n{{}}")

    assert answer.startswith(b"HTTP/1.1 404 ")
    assert desk.got == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/telegram", "/", "/telegram/", "/healthz", "/metrics", "/static/room.css"])
async def test_nothing_else_is_there(client: httpx.AsyncClient, desk: Desk, method: str, path: str) -> None:
    response = await client.request(method, path, headers=RIGHT)

    assert _told(response) == (404, b"", {"connection": "close", "content-length": "0"})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"text"', 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 1.5}', 400),
        (b'{"update_id":' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 7, "x": "' + b"a" * MOST_BYTES + b'"}', 413),
    ],
    ids=range(13),
)
async def test_a_malformed_update_is_refused(client: httpx.AsyncClient, desk: Desk, body: bytes, status: int) -> None:
    response = await client.post("/telegram", content=body, headers=RIGHT)

    assert (response.status_code, response.content) == (status, b"")
    assert desk.got == []


async def test_a_form_is_no_update(client: httpx.AsyncClient, desk: Desk) -> None:
    headers = RIGHT | {"Content-Type": "application/x-www-form-urlencoded"}

    assert (await client.post("/telegram", content=json.dumps(UPDATE), headers=headers)).status_code == 415
    assert desk.got == []


async def test_the_largest_update_that_telegram_can_bring_is_taken(client: httpx.AsyncClient, desk: Desk) -> None:
    text = "😀" * 4096
    entities = [
        {"type": "text_link", "offset": n, "length": 1, "url": "https://x.example/" + "a" * 2000} for n in range(100)
    ]
    message = {"text": text, "entities": entities, "reply_to_message": {"text": text, "entities": entities}}

    assert (await client.post("/telegram", json={"update_id": 1, "message": message}, headers=RIGHT)).status_code == 200


async def test_a_defect_ends_without_a_word_of_what_it_was(client: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        response = await client.post("/telegram", json={"update_id": 666}, headers=RIGHT)

    assert (response.status_code, response.content) == (500, b"")
    assert [log["error"] for log in logs] == ["RuntimeError"]
    assert "Jane" not in str(logs)


async def test_a_body_that_does_not_come_is_not_waited_for(server: Server) -> None:
    head = f"POST /telegram HTTP/1.1\r\nHost: a\r\n{HEADER}: {HOOK.secret}\r\nContent-Type: application/json\r\n"

    answer = await _spoken(server, f"{head}Content-Length: 500\r\n\r\n{{")

    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_body_nobody_may_send_is_not_read(server: Server, desk: Desk) -> None:
    with capture_logs():
        answer = await _spoken(server, "POST /telegram HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n{")

    assert answer.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("said", ["", "POST /telegram HT", "GET / HTTP/1.1\r\nHost: a\r\n"])
async def test_a_head_that_does_not_end_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_s", 0.1)

    assert await _spoken(server, said) == b""


async def test_a_head_that_comes_in_drops_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_s", 0.1)
    reader, writer = await _connected(server)
    dripping = asyncio.create_task(_drip(writer))
    try:
        async with asyncio.timeout(SOON_S):
            assert await reader.read() == b""
    finally:
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)
        writer.close()


@pytest.mark.parametrize("said", ["nonsense\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n", "\0\0\0\0\r\n\r\n"])
async def test_what_is_no_http_gets_no_word(server: Server, said: str) -> None:
    assert await _spoken(server, said) == b""


async def test_a_second_update_on_the_same_connection_is_taken(server: Server, desk: Desk) -> None:
    body = json.dumps(UPDATE)
    head = f"POST /telegram HTTP/1.1\r\nHost: a\r\n{HEADER}: {HOOK.secret}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n"

    answer = await _spoken(server, f"{request}\r\n{body}{request}Connection: close\r\n\r\n{body}")

    assert answer.count(b"HTTP/1.1 200 ") == 2
    assert desk.got == [UPDATE] * 2


async def test_a_flood_of_wrong_secrets_fills_no_log(client: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        for _ in range(25):
            await client.post("/telegram", json=UPDATE, headers={HEADER: "guess"})

    assert len(logs) <= 2


async def test_more_connections_than_are_allowed_are_told_to_come_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "CONNECTIONS", 3)
    server = await _listening()
    idle = [await _connected(server) for _ in range(3)]
    answer = await _spoken(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    for _, writer in idle:
        writer.close()
    await server.stop()

    assert answer.startswith(b"HTTP/1.1 503 ")


async def test_it_waits_for_what_it_is_taking_when_it_stops(desk: Desk) -> None:
    server = await _listening()
    async with _client(server) as client:
        desk.gate.clear()
        asking = asyncio.create_task(client.post("/telegram", json=UPDATE, headers=RIGHT))
        await desk.asked.wait()
        stopping = asyncio.create_task(server.stop())
        asyncio.get_running_loop().call_later(0.2, desk.gate.set)

        assert (await asking).status_code == 200
        await stopping
        with pytest.raises(httpx.ConnectError):
            await client.post("/telegram", json=UPDATE, headers=RIGHT)


async def _listening() -> Server:
    server = public_server(public_app(Webhook(HOOK, _ONE.take, body_s=0.2).routes()), "127.0.0.1:0")
    await server.start()
    return server


def _client(server: Server) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.address, trust_env=False, verify=False)


def _told(response: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """Everything an answer tells but the time."""
    return response.status_code, response.content, {k: v for k, v in response.headers.items() if k != "date"}


async def _connected(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = server.address.removeprefix("http://").rstrip("/").partition(":")
    return await asyncio.open_connection(host, int(port))


async def _spoken(server: Server, said: str) -> bytes:
    """All that comes back until the other side closes."""
    reader, writer = await _connected(server)
    writer.write(said.encode("latin-1"))
    try:
        async with asyncio.timeout(SOON_S):
            return await reader.read()
    finally:
        writer.close()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"POST /telegram HTTP/1.1\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await asyncio.sleep(0.02)
