"""What Telegram knows of a chat: its id and kind, what the bot may do there, who administers it."""

from dataclasses import dataclass

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_wire import Wire

_ADMINISTERS = frozenset({ChatMember.ADMINISTRATOR, ChatMember.OWNER})
_ABSENT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


@dataclass(frozen=True, slots=True)
class Rights:
    """What the bot may do in a chat; `edit` and `delete` are about its own messages."""

    post: bool
    edit: bool = True
    delete: bool = True


NO_RIGHTS = Rights(post=False, edit=False, delete=False)


async def resolve(wire: Wire, chat: str, thread: int = 0) -> Address:
    """The address of `@name` or of a numeric id, with the kind of chat; TransportError where there is none."""
    found = await wire.ask_twice(wire.bot.get_chat(chat_id(chat)))
    return Address("telegram", str(found.id), thread, ChatKind(found.type))


async def rights(wire: Wire, address: Address) -> Rights:
    """What the bot may do there; nothing where it is no member. A private chat is only tried by sending."""
    if address.kind is ChatKind.PRIVATE:
        return Rights(post=True)
    try:
        own_id = (await wire.identity()).id
        member = await wire.ask_twice(wire.bot.get_chat_member(chat_id(address.chat), own_id))
    except TransportError as exc:
        if exc.fate is Fate.CHAT_GONE:
            return NO_RIGHTS
        raise
    return rights_of(member, address.kind)


def rights_of(member: ChatMember, kind: ChatKind) -> Rights:
    """What this membership of the bot lets it do. Pure."""
    if member.status in _ABSENT:
        return NO_RIGHTS
    if kind is ChatKind.CHANNEL:
        posts = isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
        return Rights(posts, edit=posts, delete=posts)
    if isinstance(member, ChatMemberRestricted):
        present = bool(member.is_member)
        return Rights(present and bool(member.can_send_messages), edit=present, delete=present)
    return Rights(post=True)


async def administers(wire: Wire, address: Address, user_id: int) -> bool:
    """Whether this person administers the chat; false where Telegram does not say."""
    try:
        member = await wire.ask_twice(wire.bot.get_chat_member(chat_id(address.chat), user_id))
    except TransportError:
        return False
    return member.status in _ADMINISTERS


async def title(wire: Wire, address: Address) -> str | None:
    """What a chat is called, for who administers it; null where Telegram does not say. Never stored."""
    try:
        found = await wire.ask_twice(wire.bot.get_chat(chat_id(address.chat)))
    except TransportError:
        return None
    return found.title or found.effective_name


def chat_id(chat: str) -> int | str:
    """A chat as the Bot API takes it: a number, or @name."""
    return chat if chat.startswith("@") else int(chat)
