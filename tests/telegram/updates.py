"""The bot's updates: numbered, kept until confirmed or expired, and handed to one poller at a time."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.telegram.changes import Changes, wake
from tests.telegram.clock import Clock

Json = dict[str, Any]
DAY_S = 86_400
LIFETIMES_S = {"callback_query": 150, "inline_query": 30}
UNASKED = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
NAMES = (
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result callback_query "
    "poll poll_answer my_chat_member chat_member chat_join_request message_reaction message_reaction_count"
)
KINDS = frozenset(NAMES.split())
ASKED = KINDS - UNASKED


@dataclass(frozen=True)
class Update:
    """One update; `expires_at` is wall time. Those of one `queue` reach a webhook one after another."""

    id: int
    kind: str
    payload: Json
    expires_at: float
    queue: int

    def to_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """The queue of updates, and who waits for it."""

    def __init__(self, clock: Clock, changes: Changes) -> None:
        self.next_id = 100_000_001
        self.allowed: frozenset[str] = ASKED
        self.sent: dict[int, Update] = {}
        self._clock = clock
        self._changes = changes
        self._queue: OrderedDict[int, Update] = OrderedDict()
        self._held: list[tuple[str, Json, int]] | None = None
        self._waiting: tuple[asyncio.Event, asyncio.AbstractEventLoop, int] | None = None

    def push(self, kind: str, payload: Json, *, queue: int = 0) -> Update | None:
        """Add an update under the next id; None if it is held back or of a kind the bot did not ask for."""
        with self._changes.change():
            if kind not in self.allowed:
                return None
            if self._held is not None:
                self._held.append((kind, payload, queue))
                return None
            expires_at = self._clock.now() + LIFETIMES_S.get(kind, DAY_S)
            update = Update(self.next_id, kind, payload, expires_at, queue)
            self.next_id += 1
            self._enqueue(update)
            return update

    def replay(self, update: Update | int) -> None:
        """Deliver an update once more under its own id, as the server does when a confirmation was lost."""
        with self._changes.change():
            self._enqueue(self.sent[update] if isinstance(update, int) else update)

    def hold(self) -> None:
        """Keep new updates back until `release`."""
        with self._changes.lock:
            self._held = self._held or []

    def release(self, order: Iterable[int] | None = None) -> None:
        """Deliver what was held back, by default in order, else in the order of the given positions."""
        with self._changes.lock:
            held, self._held = self._held or [], None
            for position in range(len(held)) if order is None else order:
                kind, payload, queue = held[position]
                self.push(kind, payload, queue=queue)

    def pending(self) -> list[Update]:
        """Return what is neither confirmed nor expired."""
        with self._changes.lock:
            now = self._clock.now()
            for update in [u for u in self._queue.values() if u.expires_at < now]:
                del self._queue[update.id]
            return list(self._queue.values())

    def confirm(self, before_id: int) -> None:
        """Forget the updates with lower ids."""
        with self._changes.change():
            for update_id in [i for i in self._queue if i < before_id]:
                del self._queue[update_id]

    def keep_last(self, count: int) -> None:
        """Forget all but the last `count`: what a negative offset asks for."""
        with self._changes.change():
            while len(self._queue) > count:
                self._queue.popitem(last=False)

    def drop(self, update: Update) -> None:
        """Forget one update: the webhook took it."""
        with self._changes.change():
            self._queue.pop(update.id, None)

    def allow(self, kinds: Any) -> None:
        """Take over `allowed_updates` of a request; None leaves what was, an empty list means the default."""
        if isinstance(kinds, list):
            self.allowed = frozenset(str(kind).lower() for kind in kinds) & KINDS or ASKED

    @property
    def is_default(self) -> bool:
        """Whether the bot never asked for particular kinds."""
        return self.allowed == ASKED

    def listen(self, event: asyncio.Event) -> None:
        """Have `event` of the running loop set at each new update, in place of the one before."""
        self._waiting = (event, asyncio.get_running_loop(), threading.get_ident())

    def _enqueue(self, update: Update) -> None:
        self._queue[update.id] = self.sent[update.id] = update
        if self._waiting is not None:
            wake(*self._waiting)
