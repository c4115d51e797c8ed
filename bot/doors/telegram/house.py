"""What Telegram's door asks of the rest of the house; `app` gives it. Types alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chats.address import Address
from bot.commands.inline import Card
from bot.commands.request import Reply, Request
from bot.outbox.transport import Transport
from bot.transports.pacing import Pacer
from bot.transports.telegram_wire import Wire


class Answers(Protocol):
    """What decides every reply: `Commands`."""

    async def answer(self, request: Request) -> Reply: ...

    async def offer(self, request: Request) -> list[Card]: ...


@dataclass(frozen=True, slots=True)
class Membership:
    """What the bot now is in a chat; in a private chat, whether the person lets it write.

    `by` is the private chat of the one who changed it, null where nobody is named, and `language_hint`
    her client's language. `is_gone` says that the bot is no member any more. `at` is when
    Telegram says that it happened.
    """

    address: Address
    may_post: bool
    at: datetime
    by: Address | None = None
    is_gone: bool = False
    language_hint: str | None = None


class Happenings(Protocol):
    """Hears what happened besides commands, perhaps twice after a restart."""

    async def membership(self, change: Membership) -> None:
        """The bot was added, removed, blocked, or its rights changed."""

    async def migrated(self, old: Address, new: Address) -> None:
        """A group became a supergroup: all its topics have a new chat id."""

    async def channel_post(self, address: Address, message_id: int) -> None:
        """Somebody posted in a channel: ids up to this one are taken."""

    async def fleeting(self, address: Address, message_ids: Sequence[int], gone_at: datetime) -> None:
        """These messages of a chat, ours and the person's own, are to be gone by then."""

    async def flooded(self, address: Address, seconds: float) -> None:
        """Telegram wants nothing written to a chat for so long (429); the pacer knows already."""


class Orders(Protocol):
    """Takes what operators press."""

    async def press(self, address: Address, user_id: int | None, data: str, now: datetime) -> str | None:
        """What the presser is answered; None where the press is not obeyed: it came from elsewhere."""


@dataclass(frozen=True, slots=True)
class House:
    """`pacer` is the limiter that the outbox uses too; `clock` tells aware UTC.

    `back_off_s` lies between attempts of what failed in passing. `orders` is null without operators.
    """

    wire: Wire
    transport: Transport
    pacer: Pacer
    answers: Answers
    happenings: Happenings
    clock: Callable[[], datetime]
    back_off_s: float = 1.0
    orders: Orders | None = None
