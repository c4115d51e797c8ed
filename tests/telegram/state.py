"""All that the server knows, in one place."""

from dataclasses import dataclass, field
from typing import Any

from tests.telegram.changes import Changes
from tests.telegram.chats import Chat, Member, User
from tests.telegram.clock import Clock
from tests.telegram.faults import Faults
from tests.telegram.journal import Journal
from tests.telegram.limits import Limits
from tests.telegram.messages import Message
from tests.telegram.photos import Photo
from tests.telegram.profile import Profile
from tests.telegram.updates import Updates

SUPERGROUP_BASE = -1_000_000_000_000


@dataclass(frozen=True)
class Query:
    """A press of a button or an inline query, waiting for its answer until `expires_at` (wall time)."""

    id: str
    user: User
    expires_at: float


@dataclass
class WebhookSettings:
    """What `setWebhook` said, and what became of the deliveries."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass
class State:
    """The bot, the chats, the files, and everything that happened; guarded by `changes.lock`."""

    token: str
    bot: User
    clock: Clock = field(default_factory=Clock)
    changes: Changes = field(default_factory=Changes)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    journal: Journal = field(default_factory=Journal)
    profile: Profile = field(default_factory=Profile)
    webhook: WebhookSettings = field(default_factory=WebhookSettings)
    reads_all_group_messages: bool = False
    logged_out: bool = False
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    names: dict[str, Chat] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    uploads: int = 0
    sent: list[Message] = field(default_factory=list)
    queries: dict[str, Query] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)
    crashes: list[Exception] = field(default_factory=list)
    last_query: int = 0
    last_shared_id: int = 0
    last_user_id: int = 600_000_000
    last_group_id: int = 4_000_000_000
    last_channel_id: int = 2_000_000_000

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot
        self.updates = Updates(self.clock, self.changes)

    def next_message_id(self, chat: Chat) -> int:
        """Return the next id: one sequence a channel or supergroup, one for all private chats and basic groups."""
        if chat.kind in ("supergroup", "channel"):
            chat.last_id += 1
            return chat.last_id
        self.last_shared_id += 1
        return self.last_shared_id

    def find_chat(self, name: str) -> Chat | None:
        """Return the chat a `chat_id` means; people are not found by @name."""
        if name.startswith("@"):
            return self.names.get(name[1:].lower())
        return self.chats.get(int(name)) if name.lstrip("-").isdecimal() else None

    def bot_member(self, chat: Chat) -> Member:
        """Return what the bot is in a chat."""
        return chat.members.get(self.bot.id) or Member(self.bot, "left")

    def keep(self, message: Message) -> Message:
        """Put a message into its chat."""
        message.chat.messages[message.id] = message
        message.chat.everything.append(message)
        if message.by_bot:
            self.sent.append(message)
        return message

    def new_query(self, user: User, lifetime_s: float) -> Query:
        """Return a query that waits for the bot's answer."""
        self.last_query += 1
        query = Query(str(7_000_000_000_000_000_000 + self.last_query), user, self.clock.now() + lifetime_s)
        self.queries[query.id] = query
        return query
