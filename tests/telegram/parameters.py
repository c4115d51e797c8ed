"""A request's parameters, which come as JSON, form, query or multipart, read as leniently as the server reads them."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from tests.telegram.errors import bad_request

INTEGER = re.compile(r"\s*(-?[0-9]+)")


class Parameters:
    """Values by name, as text or as decoded JSON; files by the name of their part."""

    __slots__ = ("_values", "files")

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> None:
        self._values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Return the value as text, empty if it is not there; JSON values in their JSON form."""
        value = self._values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return json.dumps(value) if isinstance(value, bool | float | list | dict) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return the number the value begins with, 0 for what is no number."""
        value = self._values.get(name)
        if isinstance(value, int):
            return int(value)
        if value is None or value == "":
            return default
        match = INTEGER.match(self.text(name))
        return int(match[1]) if match else 0

    def between(self, name: str, default: int, least: int, most: int) -> int:
        """Return the number clamped into a range, as the server clamps it."""
        return min(max(self.integer(name, default), least), most)

    def flag(self, name: str) -> bool:
        """Return whether the value says yes."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str = "") -> Any:
        """Return the value decoded, None if it is not there; `what` names it in the refusal."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name.replace('_', ' ')} JSON object") from None

    def required(self, name: str) -> str:
        """Return the text of a parameter that must be there."""
        if name not in self:
            raise bad_request(f'parameter "{name}" is required')
        return self.text(name)

    def file(self, name: str) -> bytes | None:
        """Return the uploaded file of a parameter: its own part, or the part its `attach://` names."""
        value = self.text(name)
        return self.files.get(value[len("attach://") :] if value.startswith("attach://") else name)


async def read_parameters(request: web.BaseRequest) -> Parameters:
    """Read query and body; ApiError for a body that is not what its type says."""
    query = request.rel_url.raw_query_string
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if not request.body_exists:
        return Parameters(values)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await read_multipart(request, values)
    body = await request.read()
    if kind == "application/json":
        values.update(decode_body(body))
    elif kind == "application/x-www-form-urlencoded":
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(values)


def decode_body(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        decoded = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("expected an Object as the request body")
    return decoded


async def read_multipart(request: web.BaseRequest, values: dict[str, Any]) -> Parameters:
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        body = bytes(await part.read(decode=True))
        if part.filename is None:
            values[part.name] = body.decode("utf-8", "replace")
        else:
            files[part.name] = body
    return Parameters(values, files)
