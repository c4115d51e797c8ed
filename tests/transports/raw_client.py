"""Asking the raw server through the client, and scenes in which it fails."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.transports.telegram_request import AiohttpRequest
from tests.transports.raw_server import RawServer, read_request, reply

TOKEN = "123456789:AAsecret-token_that-is-never_shown00"
OK = reply(b'{"ok":true,"result":true}')


@asynccontextmanager
async def client(**settings: object) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(**settings) as request:  # type: ignore[arg-type]
        yield request


def data(**values: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])


async def ask(request: AiohttpRequest, server: RawServer, **timeouts: float) -> object:
    return await request.post(f"{server.api}/bot{TOKEN}/sendMessage", data(chat_id=5, text="x"), **timeouts)


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await read_request(reader)
    await reader.read()


async def cut(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()
