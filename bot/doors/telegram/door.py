"""The door itself: how updates come, and the bot's profile, by whichever process sends."""

import asyncio
from typing import Protocol

from bot.doors.telegram.profile import Profile, publish
from bot.transports.telegram_wire import Wire


class Way(Protocol):
    """How updates come: by polling, or by a webhook that is kept set."""

    async def run(self) -> None:
        """See to it until `stop`; TransportError with STOP where the token is refused."""

    def stop(self) -> None:
        """End `run`, with a few seconds for what is under way."""


class TelegramDoor:
    """Open from `run` to `stop`, over a wire that is open."""

    def __init__(self, wire: Wire, way: Way, profile: Profile | None = None) -> None:
        self._wire = wire
        self._way = way
        self._profile = profile

    async def run(self) -> None:
        """Have updates come until `stop`; TransportError with STOP where the token is refused."""
        publishing = asyncio.create_task(self._publish())
        try:
            await self._way.run()
        finally:
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)

    def stop(self) -> None:
        """End `run`, with a few seconds for what is under way."""
        self._way.stop()

    async def _publish(self) -> None:
        if self._profile is not None:
            await publish(self._wire, self._profile)
