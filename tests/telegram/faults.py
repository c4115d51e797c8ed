"""Things that go wrong on the way, by script or by chance; the same seed gives the same fates.

By chance, the n-th request of a method to a chat has its fate from seed, method, chat and n, so that the order
in which chats are served changes nothing.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from tests.telegram.chats import Chat

FaultKind = Literal["status", "not_ok", "truncated", "cut_before", "cut_after", "slow", "late", "flood"]


@dataclass(frozen=True)
class Fault:
    """What happens to a request. `acts`: the method is carried out all the same.

    `status`: an HTTP error with a proxy's HTML. `not_ok`: `ok: false` with status 200. `truncated`: half the body,
    then the end. `cut_before`, `cut_after`: the connection is closed before or after carrying it out. `slow`: carried
    out at once, the true answer is `seconds` late. `late`: carried out and answered only after `seconds`. `flood`:
    429 to this and all sends to its chat for `seconds`.
    """

    kind: FaultKind
    status: int = 200
    seconds: float = 0.0
    acts: bool = False

    @property
    def is_true(self) -> bool:
        """Whether the client is told what happened."""
        return self.kind in ("slow", "late", "flood")

    @property
    def is_cut(self) -> bool:
        """Whether the client is told nothing."""
        return self.kind in ("cut_before", "cut_after")


INTERNAL_ERROR = Fault("status", 500)
BAD_GATEWAY = Fault("status", 502)
UNAVAILABLE = Fault("status", 503)
GATEWAY_TIMEOUT = Fault("status", 504, acts=True)
BAD_GATEWAY_BUT_SENT = Fault("status", 502, acts=True)
NOT_OK = Fault("not_ok")
TRUNCATED = Fault("truncated", acts=True)
CUT_BEFORE = Fault("cut_before")
CUT_AFTER = Fault("cut_after", acts=True)


def slow(seconds: float) -> Fault:
    """Answer truly, but late; the message is there at once."""
    return Fault("slow", seconds=seconds, acts=True)


def late(seconds: float) -> Fault:
    """Carry it out only after so long, when the client may have given up and looked in vain."""
    return Fault("late", seconds=seconds, acts=True)


def flood(seconds: float) -> Fault:
    """Answer 429 to this and every send to the chat for so long."""
    return Fault("flood", 429, seconds)


@dataclass(frozen=True)
class Where:
    """Which requests a fault is for; None means any."""

    methods: frozenset[str] | None = None
    chats: frozenset[int] | None = None
    kinds: frozenset[str] | None = None

    def fits(self, method: str, chat: Chat | None) -> bool:
        if self.methods is not None and method not in self.methods:
            return False
        if self.chats is not None and (chat is None or chat.id not in self.chats):
            return False
        return self.kinds is None or (chat is not None and chat.kind in self.kinds)


@dataclass
class Faults:
    """The faults to come. `latency_s` is there for every request, half before and half after it is carried out."""

    seed: int = 0
    latency_s: float = 0.0
    _scripts: list[tuple[Where, deque[Fault | None]]] = field(default_factory=list)
    _chances: list[tuple[Where, Fault, float]] = field(default_factory=list)
    _counts: Counter[tuple[str, int | None]] = field(default_factory=Counter)

    def script(
        self,
        *faults: Fault | None,
        method: str | Collection[str] | None = None,
        chat: int | Collection[int] | None = None,
        kind: str | Collection[str] | None = None,
    ) -> None:
        """Give the next fitting requests these faults, one each, None for none."""
        self._scripts.append((where(method, chat, kind), deque(faults)))

    def chance(
        self,
        fault: Fault,
        share: float,
        *,
        method: str | Collection[str] | None = None,
        chat: int | Collection[int] | None = None,
        kind: str | Collection[str] | None = None,
    ) -> None:
        """Give this fault to a share of the fitting requests; shares of several faults add up."""
        self._chances.append((where(method, chat, kind), fault, share))

    def clear(self) -> None:
        """Let everything go well from now on; the latency stays."""
        self._scripts.clear()
        self._chances.clear()

    def choose(self, method: str, chat: Chat | None) -> Fault | None:
        """Return what happens to the request that has just come."""
        for place, faults in self._scripts:
            if faults and place.fits(method, chat):
                return faults.popleft()
        if not self._chances:
            return None
        left = self._draw(method, None if chat is None else chat.id)
        for place, fault, share in self._chances:
            if place.fits(method, chat):
                if left < share:
                    return fault
                left -= share
        return None

    def _draw(self, method: str, chat_id: int | None) -> float:
        number = self._counts[method, chat_id]
        self._counts[method, chat_id] = number + 1
        digest = hashlib.blake2b(f"{self.seed} {method} {chat_id} {number}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64


def where(
    method: str | Collection[str] | None, chat: int | Collection[int] | None, kind: str | Collection[str] | None
) -> Where:
    """Return the place that the arguments of `script` and `chance` describe."""
    chats = frozenset((chat,)) if isinstance(chat, int) else chat
    return Where(names(method), None if chats is None else frozenset(chats), names(kind))


def names(given: str | Collection[str] | None) -> frozenset[str] | None:
    return None if given is None else frozenset((given,) if isinstance(given, str) else given)
