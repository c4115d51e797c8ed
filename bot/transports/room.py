"""The `room` transport: posts stand in memory and are shown by the local page.

It keeps to Telegram's limits, so that what works here works there. Ids begin at the clock's
milliseconds: they rise over restarts too, and an edit never meets a message of another run.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable, Container
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from bot.chats.address import Address
from bot.outbox.transport import MESSAGE_MISSING, Fate, Limits, Parcel, Sent, TransportError
from bot.posts.post import Post
from bot.transports.lengths import check_length

_MESSAGES_A_CHAT: Final = 500
_CHATS: Final = 200
_UNREAD: Final = 100

Key = tuple[str, int]
EventKind = Literal["sent", "edited", "deleted"]


@dataclass(frozen=True, slots=True)
class RoomMessage:
    """A message as it stands in a room chat."""

    id: int
    post: Post
    sent_at: datetime
    silent: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """What happened to a message: a deleted one is told as it last stood."""

    kind: EventKind
    message: RoomMessage


@dataclass(slots=True)
class _Chat:
    messages: OrderedDict[int, RoomMessage] = field(default_factory=OrderedDict)
    listeners: set["_Listener"] = field(default_factory=set)


class RoomTransport:
    """Keeps the newest messages of each room chat; `clock` tells aware UTC."""

    name = "room"
    limits = Limits(text_chars=4096, caption_chars=1024)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._chats: OrderedDict[Key, _Chat] = OrderedDict()
        self._last_id = int(clock().timestamp() * 1000)

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        """Put the post into the chat; a picture goes along whatever the text's length."""
        check_length(parcel.post, self.limits)
        await parcel.before_writing()
        chat = self._chat(address)
        self._last_id += 1
        message = RoomMessage(self._last_id, parcel.post, self._clock(), silent=parcel.silent)
        chat.messages[message.id] = message
        while len(chat.messages) > _MESSAGES_A_CHAT:
            chat.messages.popitem(last=False)
        _tell(chat, RoomEvent("sent", message))
        return Sent(message.id)

    async def edit(self, address: Address, message_id: int, post: Post) -> None:
        """Replace what a message says; its picture stays. POST_BAD for one that is not there."""
        check_length(post, self.limits)
        chat = self._chat(address)
        known = chat.messages.get(message_id)
        if known is None:
            raise TransportError(Fate.POST_BAD, MESSAGE_MISSING)
        edited = replace(known, post=replace(post, picture=known.post.picture), edited=True)
        if edited.post != known.post:
            chat.messages[message_id] = edited
            _tell(chat, RoomEvent("edited", edited))

    async def replace(self, address: Address, message_id: int, parcel: Parcel) -> Sent:
        """Put the post in a message's place, with its picture. POST_BAD for one that is not there."""
        check_length(parcel.post, self.limits)
        chat = self._chat(address)
        known = chat.messages.get(message_id)
        if known is None:
            raise TransportError(Fate.POST_BAD, MESSAGE_MISSING)
        if parcel.post != known.post:
            chat.messages[message_id] = replace(known, post=parcel.post, edited=True)
            _tell(chat, RoomEvent("edited", chat.messages[message_id]))
        return Sent(message_id)

    async def delete(self, address: Address, message_id: int) -> None:
        """Take a message away; one already gone is no error."""
        chat = self._chat(address)
        message = chat.messages.pop(message_id, None)
        if message is not None:
            _tell(chat, RoomEvent("deleted", message))

    async def look(
        self, address: Address, after_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """Find a message with this text; what a restart took away surely does not stand there."""
        for message in self.messages(address):
            if message.id > after_id and message.sent_at >= since and message.post.text.split() == text.split():
                return message.id
        return None

    async def look_back(
        self, address: Address, before_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """Find a message with this text before another, the newest first."""
        for message in reversed(self.messages(address)):
            if message.id < before_id and message.sent_at >= since and message.post.text.split() == text.split():
                return message.id
        return None

    def messages(self, address: Address) -> tuple[RoomMessage, ...]:
        """What stands in a chat, oldest first."""
        known = self._chats.get(_key(address))
        return tuple(known.messages.values()) if known else ()

    async def listen(self, address: Address) -> AsyncGenerator[RoomEvent, None]:
        """What happens in a chat from now on; who falls far behind misses the oldest, and finds all in `messages`."""
        listener = _Listener()
        listeners = self._chat(address).listeners
        listeners.add(listener)
        try:
            while True:
                yield await listener.next()
        finally:
            listeners.discard(listener)

    def _chat(self, address: Address) -> _Chat:
        """The chat, made if need be; the one longest unused gives way, unless someone listens there."""
        chat = self._chats.setdefault(_key(address), _Chat())
        self._chats.move_to_end(_key(address))
        if len(self._chats) > _CHATS:
            quiet = next((key for key, other in self._chats.items() if not other.listeners and other is not chat), None)
            if quiet is not None:
                del self._chats[quiet]
        return chat


class _Listener:
    """One page that reads along; a page that stopped reading holds no more than `_UNREAD` events."""

    def __init__(self) -> None:
        self._events: deque[RoomEvent] = deque(maxlen=_UNREAD)
        self._something = asyncio.Event()

    def put(self, event: RoomEvent) -> None:
        self._events.append(event)
        self._something.set()

    async def next(self) -> RoomEvent:
        while not self._events:
            self._something.clear()
            await self._something.wait()
        return self._events.popleft()


def _key(address: Address) -> Key:
    return address.chat, address.thread


def _tell(chat: _Chat, event: RoomEvent) -> None:
    for listener in chat.listeners:
        listener.put(event)
