"""The proxy before the public listeners, as nginx or Caddy stand there: each request goes to the next that answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice

import aiohttp
from aiohttp import web

from tests.telegram.thread import LoopThread

PATH = "/telegram"
_HOP_BY_HOP = {"host", "connection", "content-length", "transfer-encoding"}


class Front:
    """Where Telegram posts to; `backends` are base addresses, taken in turn."""

    def __init__(self) -> None:
        self.backends: list[str] = []
        self.statuses: list[int] = []
        self.port = 0
        self._count = 0
        self._runner: web.ServerRunner | None = None

    @property
    def url(self) -> str:
        """The webhook's address."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    async def start(self) -> None:
        self._runner = web.ServerRunner(web.Server(self._pass_on, access_log=None))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _pass_on(self, request: web.BaseRequest) -> web.Response:
        self._count += 1
        status = await self._answered(request, await request.read())
        self.statuses.append(status)
        return web.Response(status=status)

    async def _answered(self, request: web.BaseRequest, body: bytes) -> int:
        """What the first backend says that can be reached, beginning with another one each time."""
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP}
        backends = list(self.backends)
        first = self._count % max(1, len(backends))
        for backend in islice(cycle(backends), first, first + len(backends)):
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.post(backend.rstrip("/") + request.path, data=body, headers=headers) as response,
                ):
                    return response.status
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError:
                return 502  # it may have been taken: only Telegram brings it again
        return 502


@contextmanager
def front() -> Iterator[Front]:
    """A proxy in a thread of its own."""
    thread, made = LoopThread("front"), Front()
    thread.run(made.start())
    try:
        yield made
    finally:
        thread.run(made.stop())
        thread.close()
