"""Where a post goes. Pure data; written as text by `notation`.

Stands in `chats` because a chat is known by its address; transports and doors make it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Every transport that a chat may be known by, whether it is configured now or not.
TELEGRAM: Final = "telegram"
ROOM: Final = "room"
TRANSPORTS: Final = (TELEGRAM, ROOM)


class ChatKind(StrEnum):
    """What sort of place an address is; limits and buttons differ between them."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a post goes: transport, chat id as that transport writes it, forum topic (0: none).

    Never logged and never in an error's message.
    """

    transport: str
    chat: str
    thread: int = 0
    kind: ChatKind = ChatKind.PRIVATE

    def __repr__(self) -> str:
        return f"<address of a {self.kind} in {self.transport}>"
