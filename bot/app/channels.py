"""Channels and those who administer them: what Telegram is asked, and what they are told in private."""

from datetime import date
from typing import TYPE_CHECKING

import structlog

from bot.agenda.occurrence import Slot
from bot.chats.address import Address
from bot.chats.channels import Channels
from bot.commands.asking import Decided
from bot.database import Database
from bot.outbox.previews import Previewed, decide
from bot.outbox.transport import TransportError
from bot.posts.post import Post

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.app.telegram import Telegram
    from bot.transports.telegram_places import Rights

_log = structlog.get_logger(__name__)


class ChannelHouse:
    """What the commands about channels ask (`ChannelDesk`), and the way to their administrators.

    `flooded` is told of a chat that is not to be written to for so many seconds. Without `telegram` nobody
    administers anything.
    """

    def __init__(
        self,
        telegram: "Telegram | None",
        database: Database,
        channels: Channels,
        flooded: "Callable[[Address, float], Awaitable[None]]",
    ) -> None:
        self.channels = channels
        self._telegram = telegram
        self._database = database
        self._flooded = flooded

    async def administered(self, person: Address, channel: Address) -> str | None:
        """The channel's title if this person administers it now, and null if not or if Telegram does not say."""
        if self._telegram is None or person.transport != channel.transport:
            return None
        from bot.transports.telegram_places import administers, title  # noqa: PLC0415 (only where a token is set)

        wire = self._telegram.wire
        if not await administers(wire, channel, int(person.chat)):
            return None
        return await title(wire, channel)

    async def rights(self, address: Address) -> "Rights | None":
        """What the bot may do in a chat now; null without Telegram."""
        if self._telegram is None:
            return None
        from bot.transports.telegram_places import rights  # noqa: PLC0415 (only where a token is set)

        return await rights(self._telegram.wire, address)

    async def decide(self, channel: int, day: date, slot: Slot, *, skip: bool) -> Decided:
        """Have a post that was shown before its hour skipped, or posted."""
        return await decide(self._database, Previewed(channel, day, slot), skip=skip)

    async def tell(self, person: Address, post: Post) -> bool:
        """Write to somebody in private; False where that cannot be: she never wrote to the bot, or blocked it."""
        if self._telegram is None:
            return False
        from bot.doors.telegram.delivering import Delivering  # noqa: PLC0415 (only where a token is set)

        delivering = Delivering(self._telegram.transport, self._telegram.limiter, self._flooded)
        try:
            await delivering.send(person, post)
        except TransportError as exc:
            _log.info("somebody who administers a channel cannot be written to", reason=exc.reason)
            return False
        return True
