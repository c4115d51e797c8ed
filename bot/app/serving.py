"""The two listeners: the room with its checks on loopback, and what the world may reach."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.app.measuring import metrics_of
from bot.app.parts import Parts
from bot.app.room import ADDRESS, RoomParts, open_room
from bot.app.ticking import utc_now
from bot.doors.health import Health
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.doors.public.webhook import Hook, Take
    from bot.doors.serving import Server


@asynccontextmanager
async def room_served(parts: Parts, settings: Settings) -> "AsyncIterator[Server]":
    """The room's listener, with the checks of health; the room's chat is subscribed when nobody did before."""
    health = Health(parts.database.ping, lambda: parts.ticked_at, utc_now, metrics_of(parts, utc_now))
    server = open_room(RoomParts(parts.shelf, parts.commands, parts.room, health, parts.rules), listen=settings.listen)
    await server.start()
    try:
        if await parts.chats.get(ADDRESS) is None:
            # The room is a chat like any other; a first visitor sees posts come without asking for them.
            await parts.chats.subscribe(ADDRESS, now=utc_now(), zone=_local_zone())
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def public_served(settings: Settings, hook: "Hook | None", take: "Take") -> "AsyncIterator[Server | None]":
    """The listener for everyone, null where none is set: the webhook if there is one, and else nothing but 404."""
    if not settings.public:
        yield None
        return
    from bot.doors.public.app import public_app, public_server  # noqa: PLC0415 (only where it is set)
    from bot.doors.public.webhook import Webhook  # noqa: PLC0415

    routes = Webhook(hook, take).routes() if hook is not None else []
    server = public_server(public_app(routes), settings.public)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def _local_zone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 (comes with APScheduler)

    return get_localzone_name() or "UTC"
