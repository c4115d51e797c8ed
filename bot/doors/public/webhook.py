"""Telegram's webhook: one address, one secret, one update a request.

Who does not know the secret gets what anybody gets at an address that does not exist. Knows nothing
of what is in an update: that is `doors/telegram`'s business.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

HEADER: Final = "x-telegram-bot-api-secret-token"
# A message has at most 4,096 characters, and one it answers as many; a refused update would close its chat's queue
# for a day, so that this is far more than an update can have.
MOST_BYTES: Final = 1 << 20
BODY_S: Final = 10.0

# True: taken, and Telegram forgets it. False: Telegram brings it again.
Take = Callable[[dict[str, Any]], Awaitable[bool]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as it is set: the whole address, its path, and the secret that only Telegram knows."""

    url: str
    path: str
    secret: str


class Webhook:
    """The route of a webhook; `take` handles each update."""

    def __init__(self, hook: Hook, take: Take, *, body_s: float = BODY_S) -> None:
        self._hook = hook
        self._take = take
        self._body_s = body_s
        self._refused = 0

    def routes(self) -> list[Route]:
        """The webhook's one address."""
        return [Route(self._hook.path, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Take an update; 200 once it need not be brought again."""
        if not self._knows_secret(request):
            self._tell_refused()
            raise HTTPException(404)
        update = _update(await self._body(request))
        if not await self._take(update):
            raise HTTPException(503)
        return Response()

    def _knows_secret(self, request: Request) -> bool:
        given = request.headers.getlist(HEADER)
        # Compared as bytes: a header may hold what is no ASCII.
        return len(given) == 1 and hmac.compare_digest(given[0].encode("latin-1"), self._hook.secret.encode())

    async def _body(self, request: Request) -> bytes:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(415)
        body = bytearray()
        try:
            async with asyncio.timeout(self._body_s):
                async for part in request.stream():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise HTTPException(413)
        except TimeoutError as exc:
            raise HTTPException(408) from exc
        except ClientDisconnect as exc:
            raise HTTPException(400) from exc
        return bytes(body)

    def _tell_refused(self) -> None:
        """Tell of refused requests at the first, the tenth, the hundredth: no flood fills the log."""
        self._refused += 1
        if str(self._refused).strip("0") == "1":
            _log.warning("requests to the webhook without its secret are refused", count=self._refused)


def _update(body: bytes) -> dict[str, Any]:
    """The update in a body; 400 for anything else."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise HTTPException(400) from exc
    # bool is an int to Python, not to Telegram.
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise HTTPException(400)
    return update
