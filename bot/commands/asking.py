"""A command being answered: who asks, in which language and on which day, and what answers it.

Imports no transport.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from bot.agenda.hours import local_day
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import DEFAULT_RULES, Rules
from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind
from bot.chats.channels import Channels
from bot.chats.chat import DEFAULT_AT, DEFAULT_ZONE, Chat, ChatSettings
from bot.chats.chats import Chats
from bot.commands.finder import Finder
from bot.commands.request import Request
from bot.commands.visitors import Visitor, Visitors
from bot.posts.translations import LANGUAGES, Translator, translator
from bot.posts.voice import Voice
from bot.records.collection import Calendar

# What became of a press on a preview; `late` where its post is out already, `unknown` where none was shown.
Decided = Literal["wanted", "skipped", "late", "unknown"]


class ChannelDesk(Protocol):
    """What the commands about channels ask of the rest of the house."""

    channels: Channels

    async def administered(self, person: Address, channel: Address) -> str | None:
        """The channel's title if this person administers it now, and null if not; asked anew each time."""

    async def decide(self, channel: int, day: date, slot: Slot, *, skip: bool) -> Decided:
        """Have a post that was shown before its hour skipped, or posted."""


async def _nothing_kept(_: int) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What every command has at hand; `contact` is where mistakes are reported, null if unset.

    `forget` erases every trace of the chat at an address, at an instant in UTC; `kept` counts the
    deliveries that are remembered of a chat. `channels` is null where no transport has channels.
    """

    chats: Chats
    forget: Callable[[Address, datetime], Awaitable[object]]
    finder: Callable[[Calendar], Finder]
    visitors: Visitors = field(default_factory=Visitors)
    rules: Rules = DEFAULT_RULES
    contact: str | None = None
    kept: Callable[[int], Awaitable[int]] = _nothing_kept
    channels: ChannelDesk | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One command with its argument; `chat` is null where nothing is kept of the one who asks.

    `about` is the channel that is asked about in private, null where the chat that asks is meant; replies
    are then in the language `told_in`, not in the channel's.
    """

    request: Request
    argument: str
    calendar: Calendar
    desk: Desk
    chat: Chat | None = None
    visitor: Visitor = field(default_factory=Visitor)
    about: Address | None = None
    told_in: str | None = None

    @property
    def address(self) -> Address:
        """The chat that settings belong to."""
        return self.about or self.request.address

    @property
    def language(self) -> str:
        """The language of replies."""
        return self.told_in or self.chosen_language

    @property
    def chosen_language(self) -> str:
        """The chat's language, else the client's own where it is spoken here, else English."""
        chosen = (self.chat.language if self.chat else None, self.visitor.choices.get("language"))
        hint = (self.request.language_hint or "").replace("_", "-").partition("-")[0].lower()
        return next((one for one in (*chosen, hint) if one in LANGUAGES), LANGUAGES[0])

    @property
    def zone(self) -> str:
        """The chat's time zone."""
        return self.chat.zone if self.chat else self.visitor.choices.get("zone", DEFAULT_ZONE)

    @property
    def at(self) -> time:
        """The hour of the chat's post."""
        return self.chat.at if self.chat else self.visitor.choices.get("at", DEFAULT_AT)

    @property
    def wishes(self) -> Wishes:
        """What the chat wants to hear; everything, where it has not said."""
        return self.chat.wishes if self.chat else self.visitor.choices.get("wishes", Wishes())

    @property
    def pictures(self) -> bool:
        """Whether posts come with a picture."""
        return self.chat.pictures if self.chat else self.visitor.choices.get("pictures", True)

    @property
    def silent(self) -> bool:
        """Whether posts come without a sound."""
        return self.chat.silent if self.chat else self.visitor.choices.get("silent", False)

    @property
    def discreet(self) -> bool:
        """Whether nothing that comes shows at a glance what it is about."""
        return self.chat.discreet if self.chat else self.visitor.choices.get("discreet", False)

    @property
    def on(self) -> date:
        """Today, in the chat's zone."""
        return local_day(ZoneInfo(self.zone), self.request.now)

    @property
    def voice(self) -> Voice:
        """How replies speak."""
        return Voice(self.language, self.on, self.desk.rules.shelf_life_days, self.desk.contact)

    @property
    def t(self) -> Translator:
        """The commands' messages in the language of the reply."""
        return translator("commands", self.language)

    @property
    def is_subscribed(self) -> bool:
        """Whether posts come here."""
        return self.chat is not None and self.chat.state != "unsubscribed"

    @property
    def is_private(self) -> bool:
        """Whether one person reads here alone."""
        return self.request.address.kind is ChatKind.PRIVATE

    async def settled(self, settings: ChatSettings) -> "Asking":
        """The same asking with these settings taken: kept for a known chat, else in memory alone."""
        if self.chat is None:
            chosen: ChatSettings = {**self.visitor.choices, **settings}
            return self._remembering(Visitor(chosen))
        chat = await self.desk.chats.settle(self.address, now=self.request.now, **settings)
        return replace(self, chat=chat)

    def with_chat(self, chat: Chat | None) -> "Asking":
        """The same asking, of the chat as it is now."""
        return replace(self, chat=chat)

    def with_channel(self, chat: Chat, argument: str) -> "Asking":
        """The same asking about a channel, told in the language of who asks."""
        return replace(self, about=chat.address, chat=chat, argument=argument, told_in=self.language)

    def with_argument(self, argument: str) -> "Asking":
        """The same asking, with another argument."""
        return replace(self, argument=argument)

    def awaiting(self, command: str | None) -> "Asking":
        """The same asking, with the next plain text of this chat taken as the argument of a command."""
        return self._remembering(replace(self.visitor, asked=command))

    def _remembering(self, visitor: Visitor) -> "Asking":
        if visitor == Visitor():
            self.desk.visitors.drop(self.request.address)
        else:
            self.desk.visitors.put(self.request.address, visitor)
        return replace(self, visitor=visitor)
