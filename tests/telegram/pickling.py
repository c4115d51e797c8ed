"""How calls and answers travel between processes: the server's things as copies one way, as references the other."""

import io
import pickle
from typing import Any

from tests.telegram.chats import Chat, User
from tests.telegram.messages import Message
from tests.telegram.state import State


class Outgoing(pickle.Pickler):
    """Writes what the server returns: a chat without its messages, which would bring the whole world along."""

    def reducer_override(self, given: Any) -> Any:
        if isinstance(given, Chat):
            fields = {name: value for name, value in vars(given).items() if name not in ("messages", "everything")}
            return make_chat, (fields,)
        return NotImplemented


class Referring(pickle.Pickler):
    """Writes arguments: the server's things by reference."""

    def persistent_id(self, given: Any) -> Any:
        if isinstance(given, Message):
            return "message", given.chat.id, given.id
        if isinstance(given, Chat):
            return "chat", given.id, 0
        if isinstance(given, User):
            return "user", given.id, 0
        return None


class Resolving(pickle.Unpickler):
    """Reads arguments: references become the server's own things."""

    def __init__(self, content: bytes, state: State) -> None:
        super().__init__(io.BytesIO(content))
        self._state = state

    def persistent_load(self, reference: Any) -> Any:
        kind, place, number = reference
        if kind == "user":
            return self._state.users[place]
        chat = self._state.chats[place]
        return chat if kind == "chat" else next(m for m in chat.everything if m.id == number)


def make_chat(fields: dict[str, Any]) -> Chat:
    return Chat(**fields)


def dump(pickler: type[pickle.Pickler], value: Any) -> bytes:
    buffer = io.BytesIO()
    pickler(buffer).dump(value)
    return buffer.getvalue()
