"""The conversation of the room: what was posted there and what was said, in one order.

Posts belong to the room's transport; what a person says is kept here, in memory alone, and goes
when the answers to it are gone. Answers that are not to stay go at their time.
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.chats.address import Address
from bot.doors.room.leaving import Leaving
from bot.outbox.transport import Parcel, Sent, TransportError
from bot.posts.post import Post

KEPT = 200


class Message(Protocol):
    """A post as it stands in the room now."""

    @property
    def id(self) -> int: ...
    @property
    def post(self) -> Post: ...
    @property
    def sent_at(self) -> datetime: ...


class Messages(Protocol):
    """The room's transport as its page needs it; each item of `listen` means that something changed."""

    def messages(self, address: Address) -> Sequence[Message]: ...
    def listen(self, address: Address) -> AsyncIterator[object]: ...
    async def send(self, address: Address, parcel: Parcel) -> Sent: ...
    async def edit(self, address: Address, message_id: int, post: Post) -> None: ...
    async def delete(self, address: Address, message_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said: as she typed it, or the label of the button she pressed and its command."""

    number: int
    text: str
    command: str
    at: datetime
    after_id: int
    answers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the conversation: a post or something said. `version` changes with its content.

    `left_s` is after how many seconds it goes; null if it stays.
    """

    key: str
    version: str
    at: datetime
    message_id: int = 0
    post: Post | None = None
    said: Said | None = None
    left_s: int | None = None


class Conversation:
    """The conversation at one address of the room."""

    def __init__(self, messages: Messages, address: Address, leaving: Leaving | None = None) -> None:
        self.address = address
        self._messages = messages
        self._said: deque[Said] = deque(maxlen=KEPT)
        self._count = 0
        self._listeners: set[asyncio.Event] = set()
        self._leaving = leaving or Leaving()

    def entries(self) -> list[Entry]:
        """Everything said and posted, oldest first."""
        posts = self._messages.messages(self.address)
        order = [((m.id, 0, 0), _posted(m)) for m in posts]
        order += [((s.after_id, 1, s.number), _spoken(s)) for s in self._answered()]
        in_order = [entry for _, entry in sorted(order, key=lambda pair: pair[0])]
        return [replace(entry, left_s=self._leaving.left_s(entry.key)) for entry in in_order]

    def post(self, message_id: int) -> Post | None:
        """The post with that id, if it still stands."""
        return next((m.post for m in self._messages.messages(self.address) if m.id == message_id), None)

    def say(self, text: str, command: str, *, now: datetime) -> Said:
        """Write down what a person said."""
        last = max((message.id for message in self._messages.messages(self.address)), default=0)
        # As with posts: numbers rise over restarts, lest an old page take what is new for what it is to remove.
        self._count = max(self._count + 1, int(now.timestamp() * 1000))
        said = Said(self._count, text, command, now, last)
        self._said.append(said)
        self.wake()
        return said

    async def answer(
        self,
        said: Said | None,
        posts: Sequence[Post],
        *,
        replaces: int | None = None,
        gone_after_s: float | None = None,
    ) -> None:
        """Post the answers; the first takes the place of message `replaces` where one is given.

        After `gone_after_s` they go, with what they answer; null if they stay.
        """
        sent: set[int] = set()
        for position, post in enumerate(posts):
            if replaces is not None and position == 0 and await self._edited(replaces, post):
                sent.add(replaces)
            else:
                sent.add((await self._messages.send(self.address, Parcel(post))).message_id)
        if said is not None and said in self._said:
            self._said[self._said.index(said)] = replace(said, answers=frozenset(sent))
        if gone_after_s is not None:
            keys = [_post_key(message_id) for message_id in sent] + ([_said_key(said)] if said is not None else [])
            # The number alone: what waits must not hold what was typed.
            number = said.number if said is not None else None
            self._leaving.later(keys, gone_after_s, partial(self._take_away, sent, number))
        self.wake()

    async def forget(self) -> None:
        """Take away everything said and posted, and what was to go later."""
        self._leaving.forget()
        self._said.clear()
        for message in self._messages.messages(self.address):
            await self._messages.delete(self.address, message.id)
        self.wake()

    def close(self) -> None:
        """Let every page look again, and take nothing away any more: the room ends."""
        self._leaving.close()
        self.wake()

    def wake(self) -> None:
        """Tell every page that is listening to look again."""
        for listener in self._listeners:
            listener.set()

    @asynccontextmanager
    async def changes(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever something was said, posted, edited or deleted."""
        event = asyncio.Event()
        self._listeners.add(event)
        task = asyncio.create_task(self._follow(event))
        # Its first step registers it with the transport: what is posted from here on is heard.
        await asyncio.sleep(0)
        try:
            yield event
        finally:
            self._listeners.discard(event)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _take_away(self, message_ids: Iterable[int], number: int | None) -> None:
        """Take messages away, and forget what was said: under that number, and whatever has no answer left."""
        for message_id in message_ids:
            await self._messages.delete(self.address, message_id)
        # Not hidden only: what was typed is forgotten.
        self._said = deque((one for one in self._answered() if one.number != number), KEPT)
        self.wake()

    def _answered(self) -> list[Said]:
        """What was said and still has an answer, or has none yet."""
        standing = {message.id for message in self._messages.messages(self.address)}
        return [one for one in self._said if not one.answers or one.answers & standing]

    async def _edited(self, message_id: int, post: Post) -> bool:
        """Whether the post took that message's place; false where it is no longer there."""
        try:
            await self._messages.edit(self.address, message_id, post)
        except TransportError:
            return False
        return True

    async def _follow(self, event: asyncio.Event) -> None:
        async for _ in self._messages.listen(self.address):
            event.set()


def differences(before: dict[str, str], now: Sequence[Entry]) -> Iterator[Entry | str]:
    """The entries that are new or changed since those versions, then the keys of those that went."""
    yield from (entry for entry in now if before.get(entry.key) != entry.version)
    yield from before.keys() - {entry.key for entry in now}


def versions(entries: Sequence[Entry]) -> dict[str, str]:
    """The version of each entry by its key."""
    return {entry.key: entry.version for entry in entries}


def _posted(message: Message) -> Entry:
    content = (message.sent_at, message.post.html, message.post.buttons, message.post.picture is not None)
    version = hashlib.sha256(repr(content).encode()).hexdigest()[:12]
    return Entry(_post_key(message.id), version, message.sent_at, message_id=message.id, post=message.post)


def _spoken(said: Said) -> Entry:
    return Entry(_said_key(said), f"{said.at.timestamp():.0f}", said.at, said=said)


def _post_key(message_id: int) -> str:
    return f"post-{message_id}"


def _said_key(said: Said) -> str:
    return f"said-{said.number}"
