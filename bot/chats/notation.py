"""Addresses as operators write them, and as listings show them. Pure.

`telegram:<chat id>` or `telegram:@name`, with `/<thread id>` for a forum topic.
"""

import re

from bot.chats.address import ROOM, TELEGRAM, TRANSPORTS, Address, ChatKind
from bot.errors import VigilError

_ADDRESS = re.compile(r"(?P<transport>[a-z]+):(?P<chat>[^/\s]+)(?:/(?P<thread>[0-9]{1,18}))?")
# Bot API, Chat.id: at most 52 significant bits.
_ID = re.compile(r"-?[1-9][0-9]{0,15}")
_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")
_ROOM = re.compile(r"[a-z0-9-]{1,31}")
_EXPECTED = "telegram:<chat id> or telegram:@name, with /<thread id> for a forum topic"

# Channels and supergroups have ids below this one (Bot API, "Available types": -100 and ten digits or more).
_BIG_CHATS = -1_000_000_000_000
# A forum's General topic has this id, and is addressed without one.
_GENERAL = 1

_SHOWN = {ChatKind.PRIVATE: 2}
_SHOWN_ELSEWHERE = 4


class AddressError(VigilError):
    """An address that cannot be read. What was found is not repeated: it may be somebody's."""

    def __init__(self, expected: str = _EXPECTED) -> None:
        super().__init__(f"address: expected {expected}")


def read_address(text: str) -> Address:
    """The address in its written form; an `@name` stays in `chat` until it is resolved (see `is_name`).

    The kind is what the id alone tells: whether one that begins with -100 is a channel or a group
    only Telegram knows, and a channel is assumed.
    """
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or match["transport"] not in TRANSPORTS:
        raise AddressError
    transport, chat, thread = match["transport"], match["chat"], int(match["thread"] or 0)
    if transport == ROOM:
        if not _ROOM.fullmatch(chat) or thread:
            raise AddressError("room:<name>, of small letters, digits and hyphens")
        return Address(ROOM, chat)
    if not _ID.fullmatch(chat) and not _NAME.fullmatch(chat):
        raise AddressError
    kind = ChatKind.SUPERGROUP if thread else _kind_of(chat)
    if thread and kind_by_id(chat) is ChatKind.PRIVATE:
        raise AddressError("a forum topic only in a group")
    return Address(TELEGRAM, chat, 0 if thread == _GENERAL else thread, kind)


def write_address(address: Address) -> str:
    """The address in full, as `read_address` takes it: only for what an operator asked to export."""
    thread = f"/{address.thread}" if address.thread else ""
    return f"{address.transport}:{address.chat}{thread}"


def is_name(address: Address) -> bool:
    """Whether it is an `@name`, which has to be resolved to an id before it is stored."""
    return address.chat.startswith("@")


def masked(address: Address) -> str:
    """The address for a listing: enough for an operator to tell her chats apart, and no more.

    Of a private chat the last two digits, elsewhere the last four.
    """
    if address.transport == ROOM:
        return write_address(address)
    shown = _SHOWN.get(address.kind, _SHOWN_ELSEWHERE)
    thread = f"/{address.thread}" if address.thread else ""
    return f"{address.transport}:…{address.chat[-shown:]}{thread}"


def kind_by_id(chat: str) -> ChatKind | None:
    """What sort of place an id tells of; None for a name."""
    return _kind_of(chat) if _ID.fullmatch(chat) else None


def _kind_of(chat: str) -> ChatKind:
    if not _ID.fullmatch(chat):
        return ChatKind.CHANNEL  # people and bots have no address by name
    number = int(chat)
    if number > 0:
        return ChatKind.PRIVATE
    return ChatKind.CHANNEL if number < _BIG_CHATS else ChatKind.GROUP
