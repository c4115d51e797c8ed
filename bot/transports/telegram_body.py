"""The body of a Bot API request: a form, or multipart where files go along.

Bodies are made whole before they are written, so that their length is known: a request that was cut
short is then never mistaken for a whole one.
"""

import asyncio
import io
from typing import Final
from urllib.parse import urlencode

from aiohttp import FormData
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import Payload
from telegram.request import RequestData

from bot.outbox.transport import BeforeWriting, at_once
from bot.transports.telegram_form import Form

_FORM: Final = "application/x-www-form-urlencoded"
_PIECE_BYTES: Final = 64 * 1024


class Body(Payload):
    """Bytes written in pieces, each of which must leave within the write timeout (null: no limit).

    `before_writing` is awaited once the connection stands and everything is ready: between it and the
    write to the socket lie no other awaits.
    """

    def __init__(self, content: bytes, content_type: str, write_timeout_s: float | None) -> None:
        super().__init__(content, content_type=content_type)
        self._size = len(content)
        self._content = content
        self._write_timeout_s = write_timeout_s
        self.before_writing: BeforeWriting = at_once

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self._content.decode(encoding, errors)

    async def as_bytes(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return self._content

    async def write(self, writer: AbstractStreamWriter) -> None:
        if len(self._content) <= _PIECE_BYTES:
            # Fits the transport's buffer: nothing to wait for.
            await self.before_writing()
            await writer.write(self._content)
            return
        for start in range(0, len(self._content), _PIECE_BYTES):
            # The server acts on the whole: each piece may still be withheld.
            await self.before_writing()
            async with asyncio.timeout(self._write_timeout_s):
                await writer.write(self._content[start : start + _PIECE_BYTES])
                await writer.drain()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        await self.write(writer)


async def encode(data: RequestData | Form | None, write_timeout_s: float | None) -> Body | None:
    """The body for these parameters and files; None where there are none."""
    if data is None:
        return None
    if isinstance(data, Form):
        return Body(data.body, _FORM, write_timeout_s)
    if data.contains_files:
        return await _multipart(data, write_timeout_s)
    form = urlencode(data.json_parameters)
    return Body(form.encode("ascii"), _FORM, write_timeout_s) if form else None


async def _multipart(data: RequestData, write_timeout_s: float | None) -> Body:
    form = FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        # As a stream, since aiohttp warns of large bytes; they are read from memory all the same.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=content_type)
    parts = form()
    return Body(await parts.as_bytes(), parts.content_type, write_timeout_s)
