"""Telegram's updates in this process: what takes them, however they come, and the door by which they come."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.app.happenings import ChatHappenings, Ears
from bot.app.parts import Parts
from bot.app.telegram import open_door, open_intake
from bot.app.ticking import utc_now

if TYPE_CHECKING:
    from bot.doors.public.webhook import Hook
    from bot.doors.telegram.door import TelegramDoor
    from bot.doors.telegram.intake import Intake
    from bot.doors.telegram.taking import Taking


class Entrance:
    """By a webhook every process takes updates; without one (null) the one that sends polls for them."""

    def __init__(self, parts: Parts, hook: "Hook | None") -> None:
        self.open_door: Callable[[], TelegramDoor] | None = None
        self._taking: Taking | None = None
        if (telegram := parts.telegram) is None:
            return
        happenings = ChatHappenings(
            parts.chats,
            parts.channels,
            parts.commands,
            Ears(parts.outbox.saw, parts.outbox.waits, parts.deletions.later),
        )
        intake = open_intake(telegram, parts.commands, happenings, utc_now, orders=parts.office)
        self.open_door = lambda: open_door(telegram, intake, hook, lambda: parts.outbox.holds_lease)
        self._taking = _taking(intake) if hook is not None else None

    async def take(self, update: dict[str, Any]) -> bool:
        """Take an update that the webhook brought; True once it need not be brought again."""
        return self._taking is not None and await self._taking.take(update)

    async def close(self) -> None:
        """Take nothing more by the webhook, with a few seconds for what is under way."""
        if self._taking is not None:
            await self._taking.close()


def _taking(intake: "Intake") -> "Taking":
    from bot.doors.telegram.taking import Taking  # noqa: PLC0415 (loads the library: only where a token is set)

    return Taking(intake.accept)
