"""What chats that have not subscribed chose for now: in memory alone, never written down.

Whoever only looks around leaves no trace in the database; a restart forgets it all.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.chats.address import Address
from bot.chats.chat import ChatSettings

MOST_VISITORS = 10_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Choices made before subscribing. `asked` is the command that the next plain text answers, null for none."""

    choices: ChatSettings = field(default_factory=ChatSettings)
    asked: str | None = None


class Visitors:
    """The choices of the chats that were here last, by address."""

    def __init__(self, most: int = MOST_VISITORS) -> None:
        self._most = most
        self._by_address: OrderedDict[Address, Visitor] = OrderedDict()

    def get(self, address: Address) -> Visitor:
        """What the chat at this address chose so far."""
        return self._by_address.get(address, Visitor())

    def put(self, address: Address, visitor: Visitor) -> None:
        """Keep a choice; the chat longest unseen makes room."""
        self._by_address[address] = visitor
        self._by_address.move_to_end(address)
        if len(self._by_address) > self._most:
            self._by_address.popitem(last=False)

    def drop(self, address: Address) -> None:
        """Forget a chat's choices."""
        self._by_address.pop(address, None)
