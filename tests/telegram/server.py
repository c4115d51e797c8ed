"""The server itself: where it listens, and the handles tests hold."""

from collections.abc import Callable
from typing import Self, TypeVar

from aiohttp import web

from tests.telegram.chats import User
from tests.telegram.dispatch import Dispatcher
from tests.telegram.inspection import Inspection
from tests.telegram.people import People
from tests.telegram.state import State
from tests.telegram.thread import LoopThread

T = TypeVar("T")
TOKEN = "123456789:AAtest-token_of-the-local-server_0000"
HOST = "127.0.0.1"


class TelegramServer(Inspection):
    """A local HTTP server that answers as Telegram's Bot API does.

    `async with` runs it in the running loop, `with` (or `start_in_thread`) in a thread of its own. The parts:
    `people` acts as people do, `faults` and `limits` are how it misbehaves, `clock` is its time, `updates` what
    the bot is told.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "vigil_test_bot",
        port: int = 0,
        limits: bool = False,
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
        self.limits.enabled = limits
        self.port = port
        self._dispatcher = Dispatcher(self.state)
        self._runner: web.ServerRunner | None = None
        self._thread: LoopThread | None = None

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def api(self) -> str:
        """Return the base address, to which `/bot{token}/{method}` is added."""
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        """Listen, in the running loop."""
        server = web.Server(self._dispatcher.handle, access_log=None)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close all connections and stop listening; what happened can still be read."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def start_in_thread(self) -> Self:
        """Listen, in a thread of its own, until `stop_thread`; every part may be used from any thread."""
        self._thread = LoopThread("telegram-server")
        self._thread.run(self.start())
        return self

    def stop_thread(self) -> None:
        """Stop what `start_in_thread` started."""
        if self._thread is not None:
            self._thread.run(self.stop())
            self._thread.close()
            self._thread = None

    def __enter__(self) -> Self:
        return self.start_in_thread()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self.stop_thread()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        await self.stop()

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
