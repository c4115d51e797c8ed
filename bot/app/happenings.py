"""What Telegram tells besides commands, and what follows from it for chats and channels.

Nobody is subscribed by what happens here: a bot added to a group stays silent until asked.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.chats.address import Address
from bot.chats.chats import Chats

if TYPE_CHECKING:
    from bot.doors.telegram.house import Membership  # loads the library: only where a token is set

_log = structlog.get_logger(__name__)

# The reasons that a change of membership can undo. A chat paused for another reason stays paused.
_LOST = "rights_lost"


class ChatHappenings:
    """Pauses a chat that the bot can no longer write to, and resumes it when it can again."""

    def __init__(
        self,
        chats: Chats,
        saw: Callable[[Address, int], Awaitable[None]],
        waits: Callable[[Address, float], Awaitable[None]],
        delete_later: Callable[[Address, Sequence[int], datetime], Awaitable[None]],
    ) -> None:
        """`saw` is told of a channel and the id of a message that stands in it, `waits` of a chat's 429.

        `delete_later` takes down which messages are to be gone by when.
        """
        self._delete_later = delete_later
        self._chats = chats
        self._saw = saw
        self._waits = waits

    async def membership(self, change: "Membership") -> None:
        """The bot was added, removed, blocked, or its rights changed."""
        chat = await self._chats.get(change.address)
        if chat is None:
            return
        if not change.may_post and chat.state == "active":
            await self._chats.pause(chat.id, _LOST)
            _log.info("a chat can no longer be written to: paused", kind=str(chat.kind))
        elif change.may_post and chat.state == "paused" and chat.pause_reason == _LOST:
            await self._chats.resume(chat.id, now=change.at)
            _log.info("a chat can be written to again: resumed", kind=str(chat.kind))

    async def migrated(self, old: Address, new: Address) -> None:
        """A group became a supergroup: all its topics have a new chat id."""
        await self._chats.migrate(old, new)

    async def channel_post(self, address: Address, message_id: int) -> None:
        """Somebody posted in a channel: ids up to this one are taken."""
        await self._saw(address, message_id)

    async def flooded(self, address: Address, seconds: float) -> None:
        """Telegram wants nothing written to a chat for so long (429)."""
        await self._waits(address, seconds)

    async def fleeting(self, address: Address, message_ids: Sequence[int], gone_at: datetime) -> None:
        """These messages of a chat are not to stay. Of all others that answer somebody nothing is kept."""
        await self._delete_later(address, message_ids, gone_at)
