"""The server's side of `ProcessServer`: carries out the calls of the process that started this one."""

import inspect
import threading
from contextlib import nullcontext
from multiprocessing.connection import Connection, Listener
from typing import Any

from tests.telegram.pickling import Outgoing, Resolving, dump
from tests.telegram.server import TelegramServer

METHOD = "a method"
BLOCKING = "wait_change"


class Control:
    """Answers the other process's calls on `server`, which runs in a thread."""

    def __init__(self, server: TelegramServer, key: bytes) -> None:
        self._server = server
        self._listener = Listener(("127.0.0.1", 0), authkey=key)

    @property
    def port(self) -> int:
        return int(self._listener.address[1])

    def start(self) -> None:
        """Take connections, each in a thread of its own."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: "Connection[bytes, bytes]") -> None:
        while True:
            try:
                asked = connection.recv_bytes()
            except (EOFError, OSError):
                return
            try:
                reply = ("value", self._do(*Resolving(asked, self._server.state).load()))
                connection.send_bytes(dump(Outgoing, reply))
            except Exception as error:
                connection.send_bytes(dump(Outgoing, ("error", error)))

    def _do(self, verb: str, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        *parts, name = path.split(".")
        owner: Any = self._server
        for part in parts:
            owner = getattr(owner, part)
        if verb == "set":
            setattr(owner, name, args[0])
            return None
        value = getattr(owner, name)
        if verb == "get":
            return METHOD if callable(value) else value
        with nullcontext() if name == BLOCKING else self._server.state.changes.lock:
            result = value(*args, **kwargs)
        return self._server.run(result) if inspect.iscoroutine(result) else result
