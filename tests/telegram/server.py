"""The server itself: where it listens, and the handles tests hold."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.telegram.chats import User
from tests.telegram.dispatch import Dispatcher
from tests.telegram.inspection import Inspection
from tests.telegram.people import People
from tests.telegram.state import State
from tests.telegram.thread import LoopThread
from tests.telegram.webhook import WebhookSender

T = TypeVar("T")
TOKEN = "123456789:AAtest-token_of-the-local-server_0000"
HOST = "127.0.0.1"
BACKLOG = 1024
SHUTDOWN_S = 0.05


class TelegramServer(Inspection):
    """A local HTTP server that answers as Telegram's Bot API does.

    `async with` runs it in the running loop, `with` (or `start_in_thread`) in a thread of its own. The parts:
    `people` acts as people do, `faults` and `limits` are how it misbehaves, `clock` is its time, `updates` what
    the bot is told, `webhook` how it is posted.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "vigil_test_bot",
        port: int = 0,
        limits: bool = False,
        latency_s: float = 0.0,
        seed: int = 0,
    ) -> None:
        bot = User(int(token.partition(":")[0]), "Vigil", username=username, is_bot=True)
        super().__init__(State(token, bot))
        self.people = People(self.state)
        self.faults = self.state.faults
        self.limits = self.state.limits
        self.clock = self.state.clock
        self.updates = self.state.updates
        self.faults.seed = seed
        self.faults.latency_s = latency_s
        self.limits.enabled = limits
        self.port = port
        self._dispatcher = Dispatcher(self.state)
        self._web: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self._thread: LoopThread | None = None

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def webhook(self) -> WebhookSender:
        """Return what posts updates while a webhook is set."""
        return self._dispatcher.webhook

    @property
    def api(self) -> str:
        """Return the base address, to which `/bot{token}/{method}` is added."""
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        """Listen, in the running loop."""
        self._web = web.Server(self._dispatcher.handle, access_log=None)
        await self.plug()

    async def stop(self) -> None:
        """Close all connections and stop listening; what happened can still be read.

        Raises what went wrong in the server itself, as a test would otherwise see but a strange 500.
        """
        self._dispatcher.webhook.stop()
        if self._web is not None:
            await self.unplug()
            await self._web.shutdown(SHUTDOWN_S)
            self._web = None
        if self.state.crashes:
            raise ExceptionGroup("the local Telegram server failed", self.state.crashes)

    async def plug(self) -> None:
        """Listen, at the same port as before."""
        assert self._web is not None
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            self._web, HOST, self.port, family=socket.AF_INET, backlog=BACKLOG, reuse_address=True
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    async def unplug(self) -> None:
        """Cut every connection and refuse new ones, as a network that is gone."""
        assert self._web is not None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for connection in list(self._web.connections):
            if connection.transport is not None:
                connection.transport.abort()
        # One turn of the loop, so that the port is free when this returns.
        await asyncio.sleep(0)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        await self.stop()

    def start_in_thread(self) -> Self:
        """Listen, in a thread of its own, until `stop_thread`; every part may be used from any thread."""
        self._thread = LoopThread("telegram-server")
        self.run(self.start())
        return self

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run one of the coroutines (`unplug`, `plug`) in the server's thread."""
        if self._thread is None:
            raise RuntimeError("the server runs in no thread of its own: await the coroutine")
        return self._thread.run(coroutine)

    def stop_thread(self) -> None:
        """Stop what `start_in_thread` started."""
        if self._thread is not None:
            thread, self._thread = self._thread, None
            try:
                thread.run(self.stop())
            finally:
                thread.close()

    def __enter__(self) -> Self:
        return self.start_in_thread()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self.stop_thread()

    async def wait_for(self, predicate: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Wait until `predicate` holds and return what it returned, without blocking the loop."""
        try:
            return await self.state.changes.wait_async(predicate, timeout_s)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; {self.summary()}") from None

    def wait(self, predicate: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Block until `predicate` holds and return what it returned; not for the loop the server runs in."""
        try:
            return self.state.changes.wait(predicate, timeout_s)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; {self.summary()}") from None
