"""What an update means for us. Pure.

Edited messages, service messages, bots, forwards of channels into their groups, and whatever is no
text in groups mean nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InlineQuery,
    MaybeInaccessibleMessage,
    Message,
    Update,
    User,
)

from bot.chats.address import Address, ChatKind
from bot.commands.registry import COMMANDS
from bot.commands.typed import read
from bot.doors.telegram.house import Membership
from bot.transports.telegram_places import rights_of

KINDS = ("message", "callback_query", "my_chat_member", "channel_post", "inline_query")


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, a text in a private chat, or a pressed button.

    `at` is null for presses: Telegram does not say when one was made. `message_id` is the message
    whose button was pressed, `press_id` what the press is answered by. `typed_id` is the person's own
    message in a private chat, where a bot may delete it.
    """

    address: Address
    text: str
    at: datetime | None = None
    user_id: int | None = None
    language_hint: str | None = None
    is_anonymous_admin: bool = False
    press_id: str | None = None
    message_id: int | None = None
    typed_id: int | None = None

    @property
    def sets(self) -> bool:
        """Whether it changes what comes to the chat: obeyed however old, in groups by administrators alone."""
        command = COMMANDS.get(read(self.text).command or "")
        return command is not None and command.sets

    @property
    def leaves(self) -> bool:
        """Whether it ends the subscription: nothing may keep that from being heard."""
        return read(self.text).command in ("unsubscribe", "forget")


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group has a new id."""

    old: Address
    new: Address


@dataclass(frozen=True, slots=True)
class Posted:
    """Somebody posted in a channel."""

    address: Address
    message_id: int


@dataclass(frozen=True, slots=True)
class Inquired:
    """Somebody types the bot's name and `text` in some chat, which Telegram does not name."""

    address: Address
    text: str
    query_id: str
    language_hint: str | None = None


Meaning = Asked | Membership | Migrated | Posted | Inquired


def meaning_of(update: Update, bot_name: str) -> Meaning | None:
    """What the update means; None if nothing."""
    if update.callback_query is not None:
        return _of_press(update.callback_query)
    if update.inline_query is not None:
        return _of_inline(update.inline_query)
    if update.my_chat_member is not None:
        return _of_membership(update.my_chat_member)
    if update.channel_post is not None:
        return Posted(address_of(update.channel_post.chat), update.channel_post.message_id)
    if update.message is not None:
        return _of_message(update.message, bot_name)
    return None


def address_of(chat: Chat, message: MaybeInaccessibleMessage | None = None) -> Address:
    """The chat's address; in forums, the topic's. Replies elsewhere have thread ids of no meaning to us."""
    thread = None
    if isinstance(message, Message) and message.is_topic_message and chat.type == Chat.SUPERGROUP:
        thread = message.message_thread_id
    return Address("telegram", str(chat.id), thread or 0, ChatKind(chat.type))


def _of_press(query: CallbackQuery) -> Asked | None:
    if query.message is None or not query.data:
        return None
    return Asked(
        address_of(query.message.chat, query.message),
        query.data,
        user_id=query.from_user.id,
        language_hint=query.from_user.language_code,
        press_id=query.id,
        message_id=query.message.message_id,
    )


def _of_inline(query: InlineQuery) -> Inquired:
    asker = Address("telegram", str(query.from_user.id))
    return Inquired(asker, query.query, query.id, query.from_user.language_code)


def _of_membership(change: ChatMemberUpdated) -> Membership:
    address = address_of(change.chat)
    may_post = rights_of(change.new_chat_member, address.kind).post
    return Membership(
        address,
        may_post,
        change.date,
        _private(change.from_user),
        is_gone=change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED),
        language_hint=change.from_user.language_code,
    )


def _of_message(message: Message, bot_name: str) -> Asked | Migrated | None:
    if message.migrate_to_chat_id is not None:
        return _migration(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return _migration(message.migrate_from_chat_id, message.chat.id)
    if not message.text or not _is_by_a_person(message) or not _is_for_us(message, bot_name):
        return None
    return Asked(
        address_of(message.chat, message),
        message.text,
        at=message.date,
        user_id=message.from_user.id if message.from_user else None,
        language_hint=message.from_user.language_code if message.from_user else None,
        is_anonymous_admin=message.sender_chat is not None and message.sender_chat.id == message.chat.id,
        typed_id=message.message_id if message.chat.type == Chat.PRIVATE else None,
    )


def _migration(old_id: int, new_id: int) -> Migrated:
    return Migrated(
        Address("telegram", str(old_id), kind=ChatKind.GROUP),
        Address("telegram", str(new_id), kind=ChatKind.SUPERGROUP),
    )


def _is_by_a_person(message: Message) -> bool:
    if message.is_automatic_forward or message.via_bot is not None:
        return False
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id  # an anonymous administrator, no channel
    return message.from_user is not None and not message.from_user.is_bot


def _is_for_us(message: Message, bot_name: str) -> bool:
    typed = read(message.text or "")
    if typed.bot is not None and typed.bot.lower() != bot_name.lower():
        return False
    return typed.command is not None or message.chat.type == Chat.PRIVATE


def _private(user: User | None) -> Address | None:
    return None if user is None or user.is_bot else Address("telegram", str(user.id))
