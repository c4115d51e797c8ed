"""The HTTP client: every way a request can fail, over real sockets."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from telegram import Bot, InputFile
from telegram.error import Forbidden, NetworkError, TimedOut

from bot.transports.telegram_request import AiohttpRequest, Timeouts
from bot.transports.telegram_request_errors import (
    AnswerError,
    DoubtfulError,
    DoubtfulTimeoutError,
    FloodError,
    RequestError,
    UnsentError,
    UnsentTimeoutError,
)
from tests.transports.certificate import self_signed
from tests.transports.raw_client import OK, TOKEN, ask, client, cut, data, reset, silence
from tests.transports.raw_server import RawServer, answers, free_port, read_request, reply, serving

BIG = 32 * 1024 * 1024


async def test_answer_is_parsed() -> None:
    async with client() as request, serving(answers(reply(b'{ "ok" : true, "result": [1, 2] }'))) as server:
        assert await ask(request, server) == [1, 2]
        assert server.bodies == [b"chat_id=5&text=x"]


@pytest.mark.parametrize(
    ("scene", "kind", "cause"),
    [
        (cut, DoubtfulError, "connection_cut"),
        (reset, DoubtfulError, "connection_cut"),
        (silence, DoubtfulTimeoutError, "read_timeout"),
        (answers(reply(b'{"ok":true,"res', length=500)), DoubtfulError, "answer_cut"),
        (answers(reply(b'{"ok":true,"res')), DoubtfulError, "not_json"),
        (answers(b"SMTP ready\r\n\r\n"), DoubtfulError, "protocol_error"),
        (answers(reply(b"<html>502</html>", 502)), AnswerError, "http_502"),
        (answers(reply(b"<html>", 502, length=500)), AnswerError, "http_502"),
        (answers(reply(b"<html>Forbidden by the proxy</html>", 403)), AnswerError, "http_403"),
        (answers(reply(b"<html>Sign in to the hotel</html>")), AnswerError, "http_200"),
        (answers(reply(b'{"ok":false,"description":"Bad Gateway"}')), AnswerError, "http_200"),
        (answers(reply(b"", 302, headers=b"Location: http://127.0.0.1:9/\r\n")), AnswerError, "http_302"),
        (answers(reply(b'{"ok":false,"error_code":500,"description":"x"}', 500)), AnswerError, "http_500"),
    ],
)
async def test_written_request_without_an_answer_is_never_called_unsent(
    scene: Callable[..., Awaitable[None]], kind: type[RequestError], cause: str
) -> None:
    async with client() as request, serving(scene) as server:
        with pytest.raises(kind) as caught:
            await ask(request, server, read_timeout=0.05)
        assert (type(caught.value), caught.value.cause) == (kind, cause)
        assert isinstance(caught.value, NetworkError)


async def test_refusal_with_status_200_is_marked_as_such() -> None:
    async with client() as request, serving(answers(reply(b'{"ok":false,"error_code":403}'))) as server:
        with pytest.raises(AnswerError) as caught:
            await ask(request, server)
        assert caught.value.refused


async def test_refusals_of_the_bot_api_keep_the_errors_of_the_library() -> None:
    body = b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}'
    async with client() as request, serving(answers(reply(body, 403))) as server:
        with pytest.raises(Forbidden):
            await ask(request, server)


@pytest.mark.parametrize(
    ("body", "wait_s"),
    [(b'{"ok":false,"description":"x","parameters":{"retry_after":7}}', 7.0), (b"<html>slow down</html>", None)],
)
async def test_flood_says_how_long_to_wait(body: bytes, wait_s: float | None) -> None:
    async with client() as request, serving(answers(reply(body, 429))) as server:
        with pytest.raises(FloodError) as caught:
            await ask(request, server)
        assert caught.value.retry_after_s == wait_s


async def test_refused_connection_is_unsent() -> None:
    async with client() as request:
        with pytest.raises(UnsentError) as caught:
            await ask(request, RawServer(port=free_port()))
        assert caught.value.cause == "connect"


async def test_stalled_handshake_is_a_connect_timeout() -> None:
    async with client() as request, serving(silence) as server:
        with pytest.raises(UnsentTimeoutError) as caught:
            await request.post(f"https://127.0.0.1:{server.port}/bot{TOKEN}/getMe", connect_timeout=0.05)
        assert caught.value.cause == "connect_timeout"
        assert isinstance(caught.value, TimedOut)


async def test_wrong_certificate_is_unsent(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    async with client() as request, serving(answers(OK), tls=context) as server:
        with pytest.raises(UnsentError) as caught:
            await request.post(f"https://127.0.0.1:{server.port}/bot{TOKEN}/getMe")
        assert caught.value.cause == "certificate"
        assert server.heads == []


async def test_waiting_for_a_connection_in_vain_is_unsent() -> None:
    asked = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await read_request(reader)
        asked.set()
        await reader.read()

    async with client(connections=1) as request, serving(hold) as server:
        first = asyncio.create_task(ask(request, server, read_timeout=30))
        await asked.wait()
        with pytest.raises(UnsentTimeoutError) as caught:
            await ask(request, server, pool_timeout=0.01)
        assert caught.value.cause == "pool_timeout"
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert server.connections == 1


async def test_upload_that_does_not_leave_in_time_is_unsent() -> None:
    async def stall(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.Event().wait()

    async with client() as request, serving(stall) as server:
        with pytest.raises(UnsentTimeoutError) as caught:
            await upload(request, server, bytes(BIG), write_timeout=0.05)
        assert caught.value.cause == "write_timeout"


async def test_connection_cut_within_the_upload_is_unsent() -> None:
    async def hang_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with client() as request, serving(hang_up) as server:
        with pytest.raises(UnsentError) as caught:
            await upload(request, server, bytes(BIG))
        assert caught.value.cause == "closed_before_written"


async def test_files_go_as_multipart_with_their_names() -> None:
    async with client() as request, serving(answers(OK, OK)) as server:
        png = b"\x89PNG" + bytes(range(256)) * 8000
        await upload(request, server, png)
        assert png in server.bodies[0]
        assert b'name="photo"; filename="card.png"' in server.bodies[0]
        assert b'name="caption"\r\n\r\n\xd0\x96 & \xf0\x9f\x95\xaf' in server.bodies[0].replace(
            b"Content-Type: text/plain; charset=utf-8\r\n", b""
        )


async def test_connections_are_kept_and_bounded() -> None:
    async with client(connections=3) as request, serving(answers(*[OK] * 50)) as server:
        await asyncio.gather(*(ask(request, server, pool_timeout=10) for _ in range(30)))
        assert server.connections <= 3
        assert len(server.bodies) == 30


async def test_kept_connection_that_the_server_closed_is_not_used_again() -> None:
    async with client() as request, serving(answers(OK)) as server:
        assert await ask(request, server)
        await kept_connections_closed(request)
        assert await ask(request, server)
        assert server.connections == 2


async def test_kept_connection_closed_upon_our_request_leaves_doubt() -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(OK)
        await read_request(reader)

    async with client() as request, serving(once) as server:
        await ask(request, server)
        with pytest.raises(DoubtfulError):
            await ask(request, server)
        assert (server.connections, len(server.bodies)) == (1, 2)


async def test_address_that_is_none_is_unsent_and_not_shown() -> None:
    async with client() as request:
        with pytest.raises(UnsentError) as caught:
            await request.post(f"http:///bot{TOKEN}/getMe")
        assert (caught.value.cause, caught.value.__context__) == ("bad_address", None)


async def test_timeouts_not_given_are_the_clients_own() -> None:
    async with client(timeouts=Timeouts(read_s=0.05)) as request, serving(silence) as server:
        assert request.read_timeout == 0.05
        with pytest.raises(DoubtfulTimeoutError):
            await ask(request, server)


async def test_shut_down_client_can_be_opened_again() -> None:
    request = AiohttpRequest()
    async with serving(answers(OK)) as server:
        await request.initialize()
        await request.shutdown()
        await request.shutdown()
        await request.initialize()
        assert await ask(request, server) is True
        await request.shutdown()


async def test_bot_uses_it_for_every_method() -> None:
    bot = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Vigil","username":"vigil_bot"}}'
    async with serving(answers(reply(bot))) as server, client() as request:
        user = await Bot(TOKEN, f"{server.api}/bot", request=request, get_updates_request=request).get_me()
        assert user.username == "vigil_bot"


async def upload(request: AiohttpRequest, server: RawServer, png: bytes, **timeouts: float) -> object:
    photo = InputFile(png, filename="card.png")
    fields = data(chat_id=5, caption="Ж & 🕯", photo=photo)
    return await request.post(f"{server.api}/bot{TOKEN}/sendPhoto", fields, **timeouts)


async def kept_connections_closed(request: AiohttpRequest) -> None:
    assert request._session is not None
    pools = request._session.connector._conns  # type: ignore[union-attr]
    closed = [protocol.closed for pool in pools.values() for protocol, _ in pool]
    await asyncio.gather(*(future for future in closed if future is not None))
