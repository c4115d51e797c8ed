"""What Telegram tells besides commands, and what follows from it for chats and channels.

Nobody is subscribed by what happens here: a bot added to a group stays silent until asked.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.app.channels import ChannelHouse
from bot.chats.address import Address, ChatKind
from bot.chats.chat import Chat, ChatSettings
from bot.chats.chats import Chats
from bot.commands.channel_posts import greeting, rights_changed
from bot.commands.request import Request
from bot.outbox.transport import Fate, TransportError
from bot.posts.translations import LANGUAGES

if TYPE_CHECKING:
    from bot.doors.telegram.house import Answers, Membership  # loads the library: only where a token is set

_log = structlog.get_logger(__name__)

# The reasons that a change of membership can undo. A chat paused for another reason stays paused.
_LOST = "rights_lost"


@dataclass(frozen=True, slots=True)
class Ears:
    """Who else is told: `saw` of a channel and the id of a message that stands in it, `waits` of a chat's 429.

    `delete_later` takes down which messages are to be gone by when.
    """

    saw: Callable[[Address, int], Awaitable[None]]
    waits: Callable[[Address, float], Awaitable[None]]
    delete_later: Callable[[Address, Sequence[int], datetime], Awaitable[None]]


class ChatHappenings:
    """Pauses a chat that the bot can no longer write to, resumes it when it can again, and forgets it once removed."""

    def __init__(self, chats: Chats, channels: ChannelHouse, answers: "Answers", ears: Ears) -> None:
        self._chats = chats
        self._channels = channels
        self._answers = answers
        self._ears = ears

    async def membership(self, change: "Membership") -> None:
        """The bot was added, removed, blocked, or its rights changed."""
        # What the bot may do in a group it may do in each of its topics.
        places = await self._chats.places_of(change.address)
        if change.is_gone and places and change.address.kind is not ChatKind.PRIVATE:
            await self._removed(change.address, places)
        elif not places and change.may_post and change.address.kind is ChatKind.CHANNEL:
            await self._new_channel(change)
        else:
            for place in places:
                await self._settled(place, change)

    async def _settled(self, chat: Chat, change: "Membership") -> None:
        if not change.may_post and chat.state == "active":
            await self._chats.pause(chat.id, _LOST)
            _log.info("a chat can no longer be written to: paused", kind=str(chat.kind))
            await self._tell_stewards(chat, change, is_lost=True)
        elif change.may_post and chat.state == "paused" and chat.pause_reason == _LOST:
            await self._chats.resume(chat.id, now=change.at)
            _log.info("a chat can be written to again: resumed", kind=str(chat.kind))
            await self._tell_stewards(chat, change, is_lost=False)

    async def migrated(self, old: Address, new: Address) -> None:
        """A group became a supergroup: all its topics have a new chat id."""
        await self._chats.migrate(old, new)

    async def channel_post(self, address: Address, message_id: int) -> None:
        """Somebody posted in a channel: ids up to this one are taken."""
        await self._ears.saw(address, message_id)

    async def flooded(self, address: Address, seconds: float) -> None:
        """Telegram wants nothing written to a chat for so long (429)."""
        await self._ears.waits(address, seconds)

    async def fleeting(self, address: Address, message_ids: Sequence[int], gone_at: datetime) -> None:
        """These messages of a chat are not to stay. Of all others that answer somebody nothing is kept."""
        await self._ears.delete_later(address, message_ids, gone_at)

    async def _removed(self, address: Address, places: Sequence[Chat]) -> None:
        """The bot was removed: nothing is kept. Telegram is asked whether that is so now, and not only once was.

        A group that becomes a supergroup is left by everybody too, and may tell so before it tells its new id.
        """
        try:
            now = await self._channels.rights(address)
        except TransportError as exc:
            if exc.fate is Fate.MIGRATED and exc.migrate_to is not None:
                await self.migrated(address, replace(address, chat=exc.migrate_to, kind=ChatKind.SUPERGROUP))
                return
            for place in places:
                await self._chats.pause(place.id, _LOST)
            return
        if now is not None and not now.post:
            for place in places:
                await self._chats.forget(place.address)
            _log.info("the bot was removed from a chat: forgotten", kind=str(address.kind))

    async def _new_channel(self, change: "Membership") -> None:
        """A channel waits to be set up; who made the bot its administrator is shown its settings, if she can be."""
        by = None if change.by is None else await self._chats.get(change.by)
        hint = (change.language_hint or "").partition("-")[0].lower()
        language = by.language if by is not None else hint
        settings = ChatSettings(language=language) if language in LANGUAGES else ChatSettings()
        chat = await self._chats.settle(change.address, now=change.at, **settings)
        if change.by is not None:
            await self._show(chat, change.by, change)

    async def _show(self, chat: Chat, person: Address, change: "Membership") -> None:
        request = Request(f"/channel {chat.id}", person, change.at, language_hint=change.language_hint)
        if await self._channels.tell(person, greeting(chat.language)):
            reply = await self._answers.answer(request)
            for post in reply.posts:
                await self._channels.tell(person, post)

    async def _tell_stewards(self, chat: Chat, change: "Membership", *, is_lost: bool) -> None:
        """Those who look after a channel, and still administer it, are told what became of it."""
        if chat.kind is not ChatKind.CHANNEL:
            return
        for person in await self._channels.channels.stewards_of(chat.id):
            title = await self._channels.administered(person.address, chat.address)
            if title is None:
                continue
            told = rights_changed(title, chat.id, person.language, is_lost=is_lost)
            await self._channels.tell(person.address, told)
