"""What a person sends to the room: small url-encoded forms, read within bounds.

Starlette's own form parser wants one more library for nothing that is used here.
"""

import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

# The longest text that Telegram carries; four bytes a character, three signs a byte when encoded.
TEXT_CHARS = 4096
BODY_BYTES = TEXT_CHARS * 12 + 1024
_FIELDS = 8


async def form(request: Request) -> Mapping[str, str]:
    """The fields of the form; the last of several of one name. Refuses all that is no such form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = await _body(request)
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"))
    except ValueError as exc:  # not ASCII, not UTF-8 beneath, or too many fields
        raise HTTPException(400) from exc


def said_text(fields: Mapping[str, str]) -> str:
    """The text of a command: one line, without control characters; empty or too long is refused."""
    text = "".join(c for c in " ".join(fields.get("text", "").split()) if unicodedata.category(c) != "Cc")
    if len(text) > TEXT_CHARS:
        raise HTTPException(413)
    if not text.strip():
        raise HTTPException(400)
    return text


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise HTTPException(413)
    return bytes(body)
