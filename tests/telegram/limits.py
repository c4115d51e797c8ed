"""How much the server lets a bot send: sliding windows, whatever the second or minute begins with."""

import math
from collections import deque
from dataclasses import dataclass, field

from tests.telegram.chats import Chat
from tests.telegram.errors import too_many


@dataclass
class Window:
    """At most `count` events in any `span_s` seconds."""

    count: int
    span_s: float
    times: deque[float] = field(default_factory=deque)

    def wait_s(self, at: float) -> float:
        """Return how long an event at `at` would have to wait; 0 if it may pass."""
        times = self.times
        while times and at - times[0] >= self.span_s:
            times.popleft()
        if len(times) < self.count:
            return 0.0
        return times[len(times) - self.count] + self.span_s - at


@dataclass
class Limits:
    """The server's limits; turn them on with `enabled`, or change any of them at any time.

    More than `in_flight` requests under way are refused, whatever they ask.
    `private_burst` messages may come at once in a private chat, then one in a second. Holds are
    flood waits the test imposed; they count even when limits are off. Edits count only with
    `count_edits`, since how Telegram counts them is not known.
    """

    enabled: bool = False
    overall: int = 30
    paid: int = 1000
    private_per_second: float = 1.0
    private_burst: int = 1
    group_per_minute: int = 20
    in_flight: int = 1000
    count_edits: bool = False
    refused: int = 0
    paid_messages: int = 0
    _all: Window = field(default_factory=lambda: Window(30, 1.0))
    _paid: Window = field(default_factory=lambda: Window(1000, 1.0))
    _chats: dict[int, Window] = field(default_factory=dict)
    _holds: dict[int | None, float] = field(default_factory=dict)

    def hold(self, chat_id: int | None, until: float) -> None:
        """Answer 429 to every send to a chat (to all, for None) until `until` on the server's elapsed clock."""
        self._holds[chat_id] = until

    def take(self, chat: Chat, at: float, *, paid: bool = False) -> None:
        """Count a message to `chat`; ApiError 429 where it is one too many, which is not counted."""
        wait_s = self._held_s(chat.id, at)
        if wait_s <= 0 and self.enabled:
            everyone, own = self._everyone(paid), self._of(chat)
            wait_s = max(everyone.wait_s(at), own.wait_s(at))
            if wait_s <= 0:
                everyone.times.append(at)
                own.times.append(at)
                self.paid_messages += paid
        if wait_s > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait_s)))

    def _everyone(self, paid: bool) -> Window:
        window, count = (self._paid, self.paid) if paid else (self._all, self.overall)
        window.count = count
        return window

    def _of(self, chat: Chat) -> Window:
        window = self._chats.get(chat.id)
        if window is None:
            window = self._chats[chat.id] = Window(1, 1.0)
        if chat.kind == "private":
            window.count, window.span_s = self.private_burst, self.private_burst / self.private_per_second
        else:
            window.count, window.span_s = self.group_per_minute, 60.0
        return window

    def _held_s(self, chat_id: int, at: float) -> float:
        if not self._holds:
            return 0.0
        return max(self._holds.get(chat_id, at), self._holds.get(None, at)) - at
