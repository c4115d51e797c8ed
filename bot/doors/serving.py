"""Serving an ASGI application on one socket, within the caller's event loop.

Uvicorn without its own signal handlers, logs and exits: when to stop is the caller's to say, and a
taken port is a SettingError.
"""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.doors.listening import split_listen
from bot.errors import SettingError

# What is still being answered may end.
PATIENCE_S = 2
_BACKLOG = 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many connections at once, how long one may be idle, and how each speaks HTTP."""

    connections: int
    idle_s: int = 5
    protocol: type[H11Protocol] = H11Protocol


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs the whole bot."""
        yield


class Server:
    """Serves an application until it is told to stop. `setting` names where `listen` was set."""

    def __init__(self, app: ASGIApp, listen: str, bounds: Bounds, *, setting: str) -> None:
        self._app = app
        self._listen = listen
        self._bounds = bounds
        self._setting = setting
        self._server: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None
        self.address = ""

    async def start(self) -> None:
        """Take the port and serve; `address` is where from then on."""
        taken = bind(self._listen, setting=self._setting)
        host, port = taken.getsockname()[:2]
        self.address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        self._server = _Uvicorn(_config(self._app, self._bounds))
        self._task = asyncio.create_task(self._server.serve(sockets=[taken]))

    @property
    def is_serving(self) -> bool:
        """Whether it has started and not ended."""
        return self._task is not None and not self._task.done()

    async def stop(self) -> None:
        """Stop taking requests, let what is being answered end, and free the port."""
        if self._server is None or self._task is None:
            return
        self._server.should_exit = True
        await self._task
        self._server = self._task = None


def bind(listen: str, *, setting: str) -> socket.socket:
    """A listening socket; SettingError where the port is taken or not ours to take."""
    host, port = split_listen(listen)
    host = "127.0.0.1" if host == "localhost" else host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio switches Nagle's algorithm off only then, and each answer came 40 ms late.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(_BACKLOG)
    except OSError as exc:
        taken.close()
        reason = {errno.EADDRINUSE: "already in use by another program", errno.EACCES: "not allowed for this user"}
        found = f"{listen}, {reason.get(exc.errno or 0, exc.strerror or 'not available')}"
        raise SettingError(setting, found, "a free port of this machine such as 127.0.0.1:8081") from exc
    taken.setblocking(False)
    return taken


def _config(app: ASGIApp, bounds: Bounds) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=bounds.protocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=bounds.connections,
        timeout_keep_alive=bounds.idle_s,
        timeout_graceful_shutdown=PATIENCE_S,
    )
