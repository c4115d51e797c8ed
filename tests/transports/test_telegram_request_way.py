"""The HTTP client behind a proxy, and what it never shows."""

import logging
import traceback
from collections.abc import Awaitable, Callable

import pytest

from bot.transports.telegram_request_errors import RequestError, UnsentError
from tests.transports.raw_client import OK, TOKEN, ask, client, cut, reset, silence
from tests.transports.raw_server import RawServer, answers, free_port, reply, serving


async def test_plain_requests_go_through_the_proxy() -> None:
    async with serving(answers(OK)) as proxy, client(proxy=proxy.api) as request:
        assert await request.post(f"http://api.invalid/bot{TOKEN}/getMe") is True
        assert proxy.heads[0].startswith(b"POST http://api.invalid/bot")


async def test_proxy_that_refuses_the_tunnel_leaves_the_request_unsent() -> None:
    async with serving(answers(reply(b"no", 407))) as proxy, client(proxy=proxy.api) as request:
        with pytest.raises(UnsentError) as caught:
            await request.post(f"https://api.invalid/bot{TOKEN}/getMe")
        assert caught.value.cause == "proxy_refused"
        assert proxy.heads[0].startswith(b"CONNECT api.invalid:443")


async def test_proxy_out_of_reach_leaves_the_request_unsent() -> None:
    async with client(proxy=f"http://127.0.0.1:{free_port()}") as request:
        with pytest.raises(UnsentError) as caught:
            await request.post(f"https://api.invalid/bot{TOKEN}/getMe")
        assert caught.value.cause == "proxy_unreachable"


@pytest.mark.parametrize(
    "scene", [cut, reset, silence, answers(reply(b"<html>", 502)), answers(reply(b"not json")), answers(b"?\r\n\r\n")]
)
async def test_token_is_in_no_error_and_no_log(
    scene: Callable[..., Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with client() as request, serving(scene) as server:
        with pytest.raises(RequestError) as caught:
            await ask(request, server, read_timeout=0.05)
    assert_hidden(caught.value, caplog)


async def test_token_is_in_no_error_of_an_unsent_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with client() as request:
        with pytest.raises(RequestError) as caught:
            await ask(request, RawServer(port=free_port()))
    assert_hidden(caught.value, caplog)


def assert_hidden(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    shown = "".join(traceback.format_exception(error)) + repr(error) + caplog.text
    assert "AAsecret" not in shown
    assert error.__context__ is None
