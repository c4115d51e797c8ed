"""A client for tests that call the server's methods themselves."""

from typing import Any

import aiohttp

from tests.telegram.server import TelegramServer


class Caller:
    """Calls methods with JSON; `ok` returns the result, `refused` the description."""

    def __init__(self, server: TelegramServer, session: aiohttp.ClientSession) -> None:
        self.base = f"{server.api}/bot{server.token}"
        self.session = session

    async def __call__(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.base}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def ok(self, method: str, **parameters: Any) -> Any:
        status, body = await self(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        status, body = await self(method, **parameters)
        assert not body["ok"], body
        assert status == body["error_code"]
        return str(body["description"])
