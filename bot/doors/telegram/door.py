"""The door itself, opened by polling."""

import asyncio

from bot.doors.telegram.house import House
from bot.doors.telegram.intake import Intake
from bot.doors.telegram.polling import Polling
from bot.doors.telegram.profile import Profile, publish


class TelegramDoor:
    """Takes updates from `run` to `stop`, over a wire that is open; `intake` takes them from a webhook as well."""

    def __init__(self, house: House, profile: Profile | None = None) -> None:
        self.intake = Intake(house)
        self._wire = house.wire
        self._profile = profile
        self._polling = Polling(house.wire, self.intake.accept, back_off_s=house.back_off_s)

    async def run(self) -> None:
        """Take updates until `stop`; TransportError with STOP where the token is refused."""
        publishing = asyncio.create_task(self._publish())
        try:
            await self._polling.run()
        finally:
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)

    def stop(self) -> None:
        """End `run`, with a few seconds for what is under way."""
        self._polling.stop()

    async def _publish(self) -> None:
        if self._profile is not None:
            await publish(self._wire, self._profile)
