"""The server in a process of its own, behind the same Python API: for benchmarks, and tests that measure CPU time.

Calls go over an authenticated local connection (`multiprocessing.connection`). What comes back are copies; users,
chats and messages that go out are sent as references and mean the server's own.
"""

import asyncio
import json
import os
import pickle
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.telegram.control import METHOD
from tests.telegram.pickling import Referring, dump

T = TypeVar("T")
KEY_VARIABLE = "TELEGRAM_SERVER_KEY"
PARTS = ("people", "faults", "limits", "clock", "updates", "webhook", "state")
LONGEST_WAIT_S = 60.0


class Remote:
    """A part of the server in the other process."""

    def __init__(self, ask: Callable[..., Any], path: str) -> None:
        object.__setattr__(self, "_ask", ask)
        object.__setattr__(self, "_path", path)

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}{name}"
        if not self._path and name in PARTS:
            return Remote(self._ask, f"{path}.")
        value = self._ask("get", path)
        if value == METHOD:
            return lambda *args, **kwargs: self._ask("call", path, *args, **kwargs)
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("set", f"{self._path}{name}", value)


class ProcessServer:
    """Has every name that `TelegramServer` has, but `wait_for` and `wait` look again at each change."""

    def __init__(self, process: subprocess.Popen[str], said: dict[str, Any], key: bytes) -> None:
        self.api: str = said["api"]
        self.token: str = said["token"]
        self.process = process
        self._connection = Client(("127.0.0.1", said["control"]), authkey=key)
        self._lock = threading.Lock()
        self._remote = Remote(self._ask, "")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._remote, name)

    def _ask(self, verb: str, path: str, *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            self._connection.send_bytes(dump(Referring, (verb, path, args, kwargs)))
            kind, value = pickle.loads(self._connection.recv_bytes())
        if kind == "error":
            raise value
        return value

    def wait(self, predicate: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Block until `predicate` holds and return what it returned."""
        deadline = time.monotonic() + timeout_s
        while True:
            count = self._ask("get", "state.changes.count")
            if result := predicate():
                return result
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"not so within {timeout_s} s; {self._ask('call', 'summary')}")
            self._ask("call", "state.changes.wait_change", count, min(left_s, LONGEST_WAIT_S))

    async def wait_for(self, predicate: Callable[[], T], timeout_s: float = 5.0) -> T:
        """Wait until `predicate`, which is called in another thread, holds and return what it returned."""
        return await asyncio.to_thread(self.wait, predicate, timeout_s)

    def stop(self) -> None:
        """End the process."""
        self._connection.close()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_in_process(*options: str) -> ProcessServer:
    """Start `python -m tests.telegram` with these command line options; it ends with `stop` or with this process."""
    key = secrets.token_bytes(32)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.telegram", "--until-stdin-closes", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, KEY_VARIABLE: key.hex()},
    )
    assert process.stdout is not None
    return ProcessServer(process, json.loads(process.stdout.readline()), key)
