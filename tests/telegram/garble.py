"""Answers that are none: a proxy's page, half a body, a connection that ends."""

import http as http_codes
import json

from aiohttp import web

from tests.telegram.faults import Fault

PAGE = (
    "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


def reply(http: web.BaseRequest, fault: Fault, body: bytes) -> web.Response:
    """Return what the client gets in place of `body`, the true answer."""
    if fault.kind == "status":
        title = f"{fault.status} {http_codes.HTTPStatus(fault.status).phrase}"
        return web.Response(status=fault.status, text=PAGE.format(title=title), content_type="text/html")
    if fault.kind == "not_ok":
        text = json.dumps({"ok": False, "error_code": 500, "description": "Internal Server Error"})
        return web.Response(text=text, content_type="application/json")
    if http.transport is not None:
        if fault.kind == "truncated":
            truncate(http, body)
        else:
            http.transport.abort()
    return web.Response()


def truncate(http: web.BaseRequest, body: bytes) -> None:
    """Promise the whole body, send half of it and close."""
    assert http.transport is not None
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    http.transport.write(head.encode() + body[: len(body) // 2])
    http.transport.close()
