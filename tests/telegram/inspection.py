"""What tests ask the server: what stands where, what was ever sent, what was requested."""

from collections import Counter
from typing import Any

from tests.telegram.chats import Chat
from tests.telegram.journal import Request
from tests.telegram.messages import Message
from tests.telegram.state import State


class Inspection:
    """Reading access to the server's state; lists returned are copies."""

    def __init__(self, state: State) -> None:
        self.state = state

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat by its id or @name."""
        chat = self.state.find_chat(str(chat_id))
        if chat is None:
            raise KeyError(chat_id)
        return chat

    def messages(self, chat_id: int | str, *, by_bot: bool | None = None) -> list[Message]:
        """Return the messages one sees in a chat, oldest first; those by the bot alone, or by others, if asked."""
        with self.state.changes.lock:
            messages = list(self.chat(chat_id).messages.values())
        return [m for m in messages if by_bot is None or m.by_bot == by_bot]

    def texts(self, chat_id: int | str) -> list[str]:
        """Return the texts and captions one sees of the bot in a chat."""
        return [message.text for message in self.messages(chat_id, by_bot=True)]

    @property
    def sent(self) -> list[Message]:
        """Return everything the bot ever sent, deleted or not."""
        with self.state.changes.lock:
            return list(self.state.sent)

    @property
    def sent_count(self) -> int:
        """Return how many messages the bot ever sent; cheap, for predicates."""
        return len(self.state.sent)

    @property
    def requests(self) -> list[Request]:
        """Return every request that came with the right token."""
        with self.state.changes.lock:
            return list(self.state.journal.requests)

    def requests_of(self, method: str | None = None, chat_id: int | str | None = None) -> list[Request]:
        """Return the requests of a method, to a chat, or both."""
        with self.state.changes.lock:
            return self.state.journal.of(method, chat_id)

    def in_flight(self, at: float | None = None, slack_s: float = 0.0) -> list[Request]:
        """Return the requests whose answer the client may not have had at `at` (elapsed clock; now if None)."""
        with self.state.changes.lock:
            return self.state.journal.in_flight(self.state.clock.elapsed() if at is None else at, slack_s)

    def doubled(self, *, chat_id: int | str | None = None) -> list[tuple[int, str]]:
        """Return chat and text of everything the bot sent there more than once and that is not deleted."""
        with self.state.changes.lock:
            seen = Counter((m.chat.id, m.source or m.text) for m in self.state.sent if not m.deleted)
        wanted = None if chat_id is None else self.chat(chat_id).id
        return [key for key, count in seen.items() if count > 1 and wanted in (None, key[0])]

    @property
    def methods(self) -> Counter[str]:
        """Return how often each method was called."""
        with self.state.changes.lock:
            return self.state.journal.methods.copy()

    @property
    def statuses(self) -> Counter[int]:
        """Return how often each HTTP status was answered."""
        with self.state.changes.lock:
            return self.state.journal.statuses.copy()

    @property
    def faults_met(self) -> Counter[str]:
        """Return how many requests met each kind of fault."""
        with self.state.changes.lock:
            return self.state.journal.faults.copy()

    @property
    def commands(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """Return the commands set, by scope and language."""
        return dict(self.state.profile.commands)

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """Return what the bot answered to presses and inline queries, by query id."""
        return dict(self.state.answers)

    def summary(self) -> str:
        """Return in a line what happened so far, for a test that waited in vain."""
        last = self.state.journal.requests[-3:]
        tail = ", ".join(f"{r.method} {r.status} {r.description or ''}".strip() for r in last)
        return f"{len(self.state.sent)} messages sent, requests {dict(self.state.journal.methods)}, last: {tail}"
