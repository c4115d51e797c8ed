"""The breaker: many permanent answers together are about the bot, not about the chats.

Pure. A swapped token makes every private chat answer "chat not found", and pausing them all would
silence the bot for good. So nobody is paused until a later send succeeded or the broadcast ended. A
small bot has no twenty chats to tell by: where none of its sends ever succeeded, only chats whose answer
shows that they know it are paused at the end, and the others are tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

IN_A_ROW = 20
PER_CENT = 5


@dataclass(frozen=True, slots=True)
class Gone:
    """A chat that answered permanently, by its number, with its delivery and the transport's reason.

    `knows_us`: the answer shows that the chat had met this very bot.
    """

    chat: int
    delivery: int
    reason: str
    knows_us: bool = False


@dataclass(slots=True)
class Breaker:
    """What the answers of one broadcast say together. Told of every answer that a chat gave."""

    is_open: bool = False
    _has_succeeded: bool = False
    _suspects: dict[int, Gone] = field(default_factory=dict)
    _in_a_row: set[int] = field(default_factory=set)
    _gone: set[int] = field(default_factory=set)
    _doubted: set[int] = field(default_factory=set)

    def gone(self, gone: Gone) -> None:
        """A chat answered permanently."""
        self._suspects[gone.chat] = gone
        self._doubted.discard(gone.chat)
        self._in_a_row.add(gone.chat)
        self._gone.add(gone.chat)
        if len(self._in_a_row) >= IN_A_ROW:
            self.is_open = True

    def succeeded(self, chat: int) -> list[Gone]:
        """A send to this chat succeeded: the token is ours, so that the others may be paused."""
        self._has_succeeded = True
        self._in_a_row.clear()
        self._suspects.pop(chat, None)
        return [] if self.is_open else self._taken()

    @property
    def wants_size(self) -> bool:
        """Whether the number of chats in the broadcast would decide something."""
        return not self.is_open and len(self._gone) >= IN_A_ROW

    def sized(self, chats: int) -> None:
        """Told how many chats the broadcast has: too large a part of them gone opens the breaker."""
        if self.wants_size and len(self._gone) * 100 >= chats * PER_CENT:
            self.is_open = True

    def ended(self) -> list[Gone]:
        """The broadcast ended: these chats may be paused, and counting begins anew."""
        if self.is_open:
            return []
        self._in_a_row.clear()
        self._gone.clear()
        return self._taken(lambda suspect: self._has_succeeded or suspect.knows_us)

    def doubted(self) -> list[Gone]:
        """Those of a broadcast that ended who can neither be paused nor believed: to be tried again. Each once."""
        fresh = [suspect for suspect in self._suspects.values() if suspect.chat not in self._doubted]
        self._doubted.update(suspect.chat for suspect in fresh)
        return [] if self.is_open else fresh

    @property
    def refused(self) -> int:
        """How many chats of this broadcast answered permanently."""
        return len(self._gone)

    def disbelieved(self) -> list[Gone]:
        """The breaker is open: these chats are to be tried again once somebody resumes."""
        return self._taken()

    def reset(self) -> None:
        """Somebody resumes: counting begins anew."""
        self.is_open = False
        self._in_a_row.clear()
        self._gone.clear()
        self._suspects.clear()
        self._doubted.clear()

    def _taken(self, which: Callable[[Gone], bool] = lambda suspect: True) -> list[Gone]:
        taken = [suspect for suspect in self._suspects.values() if which(suspect)]
        for suspect in taken:
            del self._suspects[suspect.chat]
        self._doubted.intersection_update(self._suspects)
        return taken
