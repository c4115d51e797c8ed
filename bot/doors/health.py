"""Whether the process lives (`/healthz`) and does its work (`/readyz`), and what is measured of it (`/metrics`).

None calls Telegram: a check that did marked healthy bots as sick elsewhere. The checks answer 200
or 503 with a short JSON object that names no person, chat or path.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.doors.metrics import Metrics

DATABASE_PATIENCE_S = 2.0
# Ticks come every ten seconds; half a minute without one is no hiccup any more.
TICK_PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Health:
    """What is asked: `database` raises where it cannot be read; `last_tick` is aware UTC; null measures nothing."""

    database: Callable[[], Awaitable[object]]
    last_tick: Callable[[], datetime | None]
    now: Callable[[], datetime]
    metrics: Metrics | None = None


def health_routes(health: Health) -> list[Route]:
    """The routes `/healthz`, `/readyz` and `/metrics`."""

    async def healthz(_: Request) -> JSONResponse:
        alive = await _answers(health)
        # That this line runs at all shows that the event loop turns.
        return _report(alive, {"loop": "ok", "database": "ok" if alive else "failed"})

    async def readyz(_: Request) -> JSONResponse:
        ticked_at = health.last_tick()
        ready = ticked_at is not None and health.now() - ticked_at <= TICK_PATIENCE
        return _report(ready, {"last_tick": ticked_at.isoformat(timespec="seconds") if ticked_at else None})

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    return routes if health.metrics is None else [*routes, _metrics_route(health.metrics)]


def _metrics_route(measured: Metrics) -> Route:
    async def metrics(_: Request) -> Response:
        content, kind = await measured.page()
        return Response(content, headers={"Content-Type": kind})

    return Route("/metrics", metrics)


async def _answers(health: Health) -> bool:
    try:
        async with asyncio.timeout(DATABASE_PATIENCE_S):
            await health.database()
    except Exception:  # whatever it is, the answer is that the database failed
        return False
    return True


def _report(good: bool, details: dict[str, str | None]) -> JSONResponse:
    return JSONResponse({"status": "ok" if good else "failed", **details}, status_code=200 if good else 503)
