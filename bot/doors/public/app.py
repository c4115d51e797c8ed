"""What stands on `VIGIL_PUBLIC`: the pages that exist, and to all else one bare 404.

Method, Host and forwarding headers mean nothing here: a proxy stands before it.
"""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.doors.defects import quiet
from bot.doors.public.protocol import BoundedProtocol
from bot.doors.serving import Bounds, Server

# A proxy keeps connections open; Telegram opens as many as the webhook asks for.
CONNECTIONS = 256
_IDLE_S = 65  # longer than proxies keep theirs, so that none is closed under a request


def public_app(routes: Sequence[BaseRoute]) -> ASGIApp:
    """These pages and nothing else."""
    app = Starlette(routes=list(routes), exception_handlers={HTTPException: _refused, Exception: _failed})
    app.router.redirect_slashes = False
    return quiet(app, "a public page failed")


def public_server(app: ASGIApp, listen: str) -> Server:
    """The listener for everyone, once started."""
    return Server(app, listen, Bounds(CONNECTIONS, _IDLE_S, BoundedProtocol), setting="VIGIL_PUBLIC")


def bare(status: int) -> Response:
    """A status without a word. The connection ends, lest somebody goes on sending what nobody reads."""
    return Response(status_code=status, headers={"Connection": "close"})


async def _refused(_: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101 (Starlette's type is wider than its promise)
    # A wrong method is as good as a wrong address: neither tells what stands there.
    return bare(404 if exc.status_code == 405 else exc.status_code)


async def _failed(_: Request, __: Exception) -> Response:
    return bare(500)
