"""A TCP server that plays one scene for each request: for what no HTTP server library would do."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Scene = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class RawServer:
    """What it listens on, and what it was sent: one entry a request, head and body."""

    port: int
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of the next request; IncompleteReadError where the client goes away."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    return head, await reader.readexactly(length)


def reply(body: bytes, status: int = 200, *, length: int | None = None, headers: bytes = b"") -> bytes:
    """The bytes of an HTTP answer; with `length` greater than the body it stays incomplete."""
    size = len(body) if length is None else length
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n%s" % (status, size, headers, body)


def answers(*replies: bytes) -> Scene:
    """Give these answers one after the other on each connection, then close it."""

    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in replies:
            await read_request(reader)
            writer.write(answer)
            await writer.drain()

    return scene


@asynccontextmanager
async def serving(scene: Scene, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    """Play the scene on each connection; whatever the client sends is recorded by the scene's reads."""
    tasks: set[asyncio.Task[None]] = set()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        played.connections += 1
        tasks.add(task := asyncio.current_task())  # type: ignore[arg-type]
        try:
            await scene(_Recording(reader, played), writer)  # type: ignore[arg-type]
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(play, "127.0.0.1", 0, ssl=tls)
    played = RawServer(server.sockets[0].getsockname()[1])
    try:
        yield played
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Recording:
    """A reader that keeps heads and bodies as `read_request` takes them."""

    def __init__(self, reader: asyncio.StreamReader, played: RawServer) -> None:
        self._reader = reader
        self._played = played

    async def readuntil(self, separator: bytes) -> bytes:
        head = await self._reader.readuntil(separator)
        self._played.heads.append(head)
        return head

    async def readexactly(self, length: int) -> bytes:
        body = await self._reader.readexactly(length)
        self._played.bodies.append(body)
        return body

    async def read(self) -> bytes:
        return await self._reader.read()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
