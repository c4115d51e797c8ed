"""A stage for the outbox: a clock that is moved by hand, a calendar that says what it is told, a scripted transport."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind
from bot.chats.chat import Chat
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from bot.outbox.carrier import Line
from bot.outbox.edition import ChatView
from bot.outbox.erasing import erase_chat, forget_messages
from bot.outbox.lease import SenderLease
from bot.outbox.limiter import Limiter
from bot.outbox.notices import Notice
from bot.outbox.outbox import Outbox
from bot.outbox.place import Place, WhenUncertain
from bot.outbox.tables import deliveries
from bot.outbox.transport import Fate, Limits, Parcel, Sent, Transport, TransportError
from bot.posts.post import Post
from bot.posts.stated import Stated

DAY = date(2027, 2, 20)
NOON = datetime(2027, 2, 20, 12, tzinfo=UTC)
KEY = bytes(range(32))


class HandClock:
    """Time that only passes when it is told to; `wall` may be set apart from it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._start = now
        self.elapsed_s = 0.0
        self.set_by = timedelta(0)

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=self.elapsed_s) + self.set_by

    def elapsed(self) -> float:
        return self.elapsed_s

    def advance(self, **by: float) -> datetime:
        self.elapsed_s += timedelta(**by).total_seconds()
        return self()

    def advance_to(self, moment: datetime) -> datetime:
        return self.advance(seconds=(moment - self()).total_seconds())


@dataclass
class FakeEdition:
    """Says on each day what it was told; by default one post for everyone who wants everything."""

    revision: str = "1"
    heard: Callable[[Wishes, date], frozenset[Slot]] = lambda wishes, on: frozenset({Slot.DAY})
    concerns: Mapping[Slot, frozenset[str]] = field(default_factory=dict)
    people: Collection[str] = ()
    post: Callable[[ChatView, Slot, date], Post | None] = lambda view, slot, on: Post(f"{slot} of {on}")
    composed: list[tuple[ChatView, Slot, date]] = field(default_factory=list)
    fallen: Callable[[Stated], bool] = lambda stated: False
    correction: Callable[[Stated, date], Post | None] = lambda stated, corrected_on: None

    def slots(self, wishes: Wishes, on: date) -> frozenset[Slot]:
        return self.heard(wishes, on)

    def concerned(self, wishes: Wishes, on: date) -> Mapping[Slot, frozenset[str]]:
        return self.concerns

    def compose(self, view: ChatView, slot: Slot, on: date) -> Post | None:
        self.composed.append((view, slot, on))
        return self.post(view, slot, on)

    def stands(self, stated: Stated) -> bool:
        return not self.fallen(stated)

    def corrected(self, stated: Stated, corrected_on: date) -> Post | None:
        return self.correction(stated, corrected_on)


@dataclass
class ScriptedTransport:
    """Keeps what it was asked to send, and fails as the script says: one entry an attempt, then it works."""

    name: str = "telegram"
    limits: Limits = field(default_factory=lambda: Limits(4096, 1024))
    sent: list[tuple[Address, Parcel]] = field(default_factory=list)
    deleted: list[tuple[Address, int]] = field(default_factory=list)
    looked: list[tuple[Address, int, str]] = field(default_factory=list)
    script: dict[str, list[TransportError | None]] = field(default_factory=lambda: defaultdict(list))
    default: TransportError | None = None
    deleting: TransportError | None = None
    found: dict[str, int | TransportError | None] = field(default_factory=dict)
    others: list[Container[int]] = field(default_factory=list)
    looked_back: list[tuple[Address, int, str]] = field(default_factory=list)
    left: dict[str, list[int] | TransportError] = field(default_factory=lambda: defaultdict(list))
    refuse: Callable[[Parcel], TransportError | None] = lambda parcel: None
    picture_ref: str | None = None
    edits: list[tuple[Address, int, Post, str]] = field(default_factory=list)
    edit_script: dict[str, list[TransportError | None]] = field(default_factory=lambda: defaultdict(list))
    after_edit: Callable[[], Awaitable[None]] | None = None
    before_answer: Callable[[Address], Any] | None = None

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        await parcel.before_writing()
        script = self.script[address.chat]
        failure = script.pop(0) if script else self.default or self.refuse(parcel)
        await asyncio.sleep(0)
        if failure is not None:
            raise failure
        self.sent.append((address, parcel))
        if self.before_answer is not None:
            await self.before_answer(address)
        return Sent(1000 + len(self.sent), self.picture_ref if parcel.post.picture else None)

    async def edit(self, address: Address, message_id: int, post: Post) -> None:
        self.edits.append((address, message_id, post, "text"))
        await self._edit(address)

    async def replace(self, address: Address, message_id: int, parcel: Parcel) -> Sent:
        how = "upload" if parcel.post.picture and parcel.picture_ref is None else "all"
        self.edits.append((address, message_id, parcel.post, how))
        await self._edit(address)
        return Sent(message_id, self.picture_ref if parcel.post.picture else None)

    async def _edit(self, address: Address) -> None:
        script = self.edit_script[address.chat]
        failure = script.pop(0) if script else None
        await asyncio.sleep(0)
        if failure is not None:
            raise failure
        if self.after_edit is not None:
            await self.after_edit()

    async def delete(self, address: Address, message_id: int) -> None:
        if self.deleting is not None:
            raise self.deleting
        self.deleted.append((address, message_id))

    async def look(
        self, address: Address, after_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        self.looked.append((address, after_id, text))
        self.others.append(others)
        found = self.found.get(address.chat)
        if isinstance(found, TransportError):
            raise found
        return found

    async def look_back(
        self, address: Address, before_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        self.looked_back.append((address, before_id, text))
        left = self.left[address.chat]
        if isinstance(left, TransportError):
            raise left
        return max((message_id for message_id in left if message_id < before_id), default=None)

    def texts(self, address: Address | None = None) -> list[str]:
        """What arrived, at one address or at all, probes left out."""
        posts = [(a, parcel.post.html) for a, parcel in self.sent if address in (None, a)]
        return [html for _, html in posts if html != "…"]


def failing(fate: Fate, reason: str = "why", **more: Any) -> TransportError:
    """An error as a transport sorts it."""
    return TransportError(fate, reason, **more)


def private(number: int = 1) -> Address:
    """A private chat."""
    return Address("telegram", str(1_000_000 + number))


def channel(number: int = 1) -> Address:
    """A channel."""
    return Address("telegram", f"-1001000000{number:03}", kind=ChatKind.CHANNEL)


class Stage:
    """An outbox over a real database with everything around it under the test's hand."""

    def __init__(self, database: Database, *, when_uncertain: WhenUncertain = "leave", workers: int = 8) -> None:
        self.database = database
        self.clock = HandClock()
        self.edition = FakeEdition()
        self.transport = ScriptedTransport()
        self.limiter = Limiter(None)
        self.notices: list[Notice] = []
        self.seal = Seal(KEY)
        self.chats = Chats(database, self.seal, erasers=[erase_chat], movers=[forget_messages])
        self._workers = workers
        self._when_uncertain: WhenUncertain = when_uncertain
        self._running: asyncio.Task[None] | None = None
        self.outbox = self.new_outbox()

    def new_outbox(
        self, *, exclusive: bool = True, folder: Path | None = None, transport: Transport | None = None
    ) -> Outbox:
        """Another process's outbox, as it were; in `folder` it keeps what is under way.

        It sends over `transport` where one is given, and over the scripted one otherwise.
        """
        place = Place(
            self.database,
            self.seal,
            self.chats,
            lambda: self.edition,
            self.clock,
            self.notices.append,
            self._when_uncertain,
        )
        lines = [Line(transport or self.transport, self.limiter, self._workers)]
        elapsed = self.clock.elapsed
        lease = SenderLease(self.database, exclusive=exclusive, clock=elapsed)
        return Outbox(place, lines, lease, elapsed=elapsed, folder=folder)

    async def subscribe(self, *addresses: Address, days_ago: float = 1, **settings: Any) -> Chat:
        """Subscribe at nine in Minsk, some days before now."""
        wanted: Any = {"zone": "Europe/Minsk", "at": time(9), "language": "be"} | settings
        since = self.clock() - timedelta(days=days_ago)
        for address in addresses:
            chat = await self.chats.subscribe(address, now=since, **wanted)
        return chat

    async def tick(self) -> None:
        """One tick, without sending."""
        await self.outbox.tick(self.clock())

    async def run(self) -> None:
        """One tick, and all that it makes the workers do."""
        await self.tick()
        if self._running is None:
            self._running = asyncio.create_task(self.outbox.run_workers())
            await asyncio.sleep(0)
        self.outbox.wake()
        async with asyncio.timeout(10):
            await self.outbox.drained()
        await self.tick()

    async def stop(self) -> None:
        """End the workers as SIGTERM does."""
        await self.outbox.stop()
        if self._running is not None:
            await self._running
            self._running = None

    async def crash(self) -> None:
        """End the workers as `kill -9` does, as far as the database can tell, and start another outbox."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
        self.outbox = self.new_outbox()

    async def rows(self, *columns: str) -> list[Any]:
        """These columns of every delivery, in the order of day, slot and chat."""
        wanted = [deliveries.c[name] for name in columns]
        order = (deliveries.c.day, deliveries.c.slot, deliveries.c.chat)
        async with self.database.read() as connection:
            found = (await connection.execute(select(*wanted).order_by(*order))).all()
        return [row[0] if len(columns) == 1 else tuple(row) for row in found]

    async def states(self) -> list[str]:
        """The state of every delivery."""
        return await self.rows("state")

    def told(self, kind: type) -> list[Any]:
        """The notices of one kind."""
        return [notice for notice in self.notices if isinstance(notice, kind)]


def some(addresses: Callable[[int], Address], number: int) -> Iterable[Address]:
    """So many different addresses."""
    return [addresses(n) for n in range(1, number + 1)]
