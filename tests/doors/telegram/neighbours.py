"""The rooms behind the door, as it knows them: what answers, and what hears of the rest."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.chats.address import Address
from bot.commands.inline import Card
from bot.commands.request import Reply, Request
from bot.doors.telegram.house import Membership
from bot.posts.post import Post


class Script:
    """Answers every request with `replies[text]`, else by saying the text back; keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.replies: dict[str, Reply] = {}
        self.meanwhile: Callable[[Request], Awaitable[None]] | None = None
        self.failures = 0
        self.error: Exception = RuntimeError("database is locked")

    @property
    def texts(self) -> list[str]:
        return [request.text for request in self.asked]

    async def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        if self.failures:
            self.failures -= 1
            raise self.error
        if self.meanwhile is not None:
            await self.meanwhile(request)
        return self.replies.get(request.text, Reply((Post(f"You said {request.text[:30]}"),)))

    async def offer(self, request: Request) -> list[Card]:
        return []


class Record:
    """Writes down what happened."""

    def __init__(self) -> None:
        self.memberships: list[Membership] = []
        self.migrations: list[tuple[str, str]] = []
        self.posts: list[tuple[str, int]] = []
        self.fleeting_ids: list[tuple[str, list[int], datetime]] = []
        self.floods: list[tuple[str, float]] = []

    async def membership(self, change: Membership) -> None:
        self.memberships.append(change)

    async def migrated(self, old: Address, new: Address) -> None:
        self.migrations.append((old.chat, new.chat))

    async def channel_post(self, address: Address, message_id: int) -> None:
        self.posts.append((address.chat, message_id))

    async def fleeting(self, address: Address, message_ids: Sequence[int], gone_at: datetime) -> None:
        self.fleeting_ids.append((address.chat, list(message_ids), gone_at))

    async def flooded(self, address: Address, seconds: float) -> None:
        self.floods.append((address.chat, seconds))
