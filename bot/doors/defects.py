"""A defect in a page ends there: it is logged by its type and place, since its message may hold a name."""

import traceback
from pathlib import Path

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

_log = structlog.get_logger()


def quiet(app: ASGIApp, event: str) -> ASGIApp:
    """The application, which raises nothing: Starlette answers a defect with a page and raises it again."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except ClientDisconnect:
            return
        except Exception as exc:
            ours = [frame for frame in traceback.extract_tb(exc.__traceback__) if "site-packages" not in frame.filename]
            place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
            _log.error(event, error=type(exc).__name__, place=place)

    return call
