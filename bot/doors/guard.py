"""What stands before every page that is served on a loopback address.

A listener on 127.0.0.1 is reachable by every page open in the user's browser: by a foreign name
that resolves to it (DNS rebinding) and by forms, images and scripts of other sites (CSRF). So a
request must address us by a loopback name, and must come from our own pages or from no page.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::([0-9]{1,5}))?")
_READING = frozenset({"GET", "HEAD"})

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types room",
    )
)

# Referrer-Policy is `same-origin` and not `no-referrer`: under the latter browsers send
# `Origin: null` with our own forms (Fetch Standard, "append a request `Origin` header").
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """ASGI middleware that refuses foreign requests and hardens every answer.

    What is refused gets one plain word, so that a foreign page does not learn what runs here.
    Nothing is kept by the browser (`no-store`) unless the page beneath says otherwise.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Nothing else is served (`serving`), and what is not known to be ours does not pass.
            return
        hardened = _hardened(send)
        if is_ours(str(scope["method"]), Headers(scope=scope)):
            await self._app(scope, receive, hardened)
        else:
            await PlainTextResponse("Forbidden\n", status_code=403)(scope, receive, hardened)


def is_ours(method: str, headers: Headers) -> bool:
    """Whether a request addresses this machine and comes from our own page, or from none."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_loopback(hosts[0]):
        return False
    origins = headers.getlist("origin")
    if origins and origins != [f"http://{hosts[0].lower()}"]:
        return False
    site = headers.get("sec-fetch-site")
    if method in _READING:
        # Links from elsewhere may lead here; frames, images, scripts and fetches may not.
        return site in (None, "same-origin", "none") or _is_navigation(headers)
    return bool(origins) if site is None else site == "same-origin"


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine: `localhost` or a loopback address, on any port.

    The port is free so that an SSH tunnel from another port works; Origin is compared with it.
    """
    match = _HOST.fullmatch(host.lower())
    if match is None:
        return False
    name = match[1] or match[2]
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _is_navigation(headers: Headers) -> bool:
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _hardened(send: Send) -> Callable[[MutableMapping[str, Any]], Any]:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return with_headers
