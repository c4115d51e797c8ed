"""`vigil run` as its users run it: a process with its own home, on a port of its own, ended by its own id."""

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.cli.vigil import environment
from tests.forking import Forked
from tests.telegram import TelegramServer
from tests.telegram.process import ProcessServer

PATIENCE_S = 20.0
# The last line of the greeting that depends on nothing but the bot's having started.
_READY = "Chats that get posts:"
_ROOM = "Room: "

# What `python -m` runs: the program from its very start, or, forked, one that ticks each second.
REAL = ("bot",)
QUICK = ("tests.app.quick",)
Telegram = TelegramServer | ProcessServer


class _Output:
    """What a process prints on one of its streams, line by line as it comes."""

    def __init__(self, stream: IO[str], changed: threading.Condition) -> None:
        self.lines: list[str] = []
        self.is_ended = False
        self._changed = changed
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                with self._changed:
                    self.lines.append(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self.is_ended = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until the stream has ended."""
        self._thread.join(PATIENCE_S)


class Process:
    """A running bot. `out` and `err` are the lines it has printed so far."""

    def __init__(self, home: Path, settings: dict[str, object], module: Sequence[object]) -> None:
        cwd = home.parent / "elsewhere"
        cwd.mkdir(exist_ok=True, parents=True)
        self._changed = threading.Condition()
        env = environment(home, **settings)
        name, *arguments = [*map(str, module), "run"]
        self._process: Forked | subprocess.Popen[str] = (
            subprocess.Popen(
                [sys.executable, "-m", name, *arguments],
                cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            if module is REAL
            else Forked(name, arguments, cwd=cwd, env=env)
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._out = _Output(self._process.stdout, self._changed)
        self._err = _Output(self._process.stderr, self._changed)

    @property
    def out(self) -> list[str]:
        return list(self._out.lines)

    @property
    def err(self) -> list[str]:
        return list(self._err.lines)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def address(self) -> str:
        """The address of its room."""
        return next(line.removeprefix(_ROOM) for line in self.out if line.startswith(_ROOM))

    @property
    def status(self) -> int | None:
        """How it ended; null while it runs."""
        return self._process.poll()

    def wait_for(self, holds: Callable[[], object], what: str) -> None:
        """Wait until what it printed makes `holds` true; AssertionError if it ends before."""
        with self._changed:
            self._changed.wait_for(lambda: holds() or self._out.is_ended, PATIENCE_S)
            assert holds(), f"{what}: status {self.status}, printed {self.out} and {self.err}"

    def wait_until_ready(self) -> None:
        """Wait until it has said that it works."""
        self.wait_for(lambda: any(_READY in line for line in self._out.lines), "it did not start")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; its status and how many seconds it took."""
        began = time.monotonic()
        self._process.send_signal(by)
        return self.ended(), time.monotonic() - began

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self.ended()

    def pause(self) -> None:
        """Stop it where it stands, as a machine that sleeps would."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Have it go on."""
        self._process.send_signal(signal.SIGCONT)

    def ended(self) -> int:
        """Its status, once it has ended by itself and everything it printed was read."""
        status = self._process.wait(PATIENCE_S)
        self._out.join()
        self._err.join()
        return status

    def get(self, path: str = "") -> str:
        """A page of its room."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE_S) as response:
            return str(response.read().decode())

    def health(self, path: str) -> tuple[int, Any]:
        """Status and content of `healthz` or `readyz`."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE_S) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as exc:
            with exc:
                return exc.code, json.load(exc)


@contextmanager
def running(
    home: Path, server: Telegram | None = None, module: Sequence[object] = QUICK, /, **settings: object
) -> Iterator[Process]:
    """A bot that has started, over this Telegram if one is given; ended at the end, if it still runs.

    `module` is what runs it, with its arguments: a bot that ticks each second, unless one is asked for that is in
    trouble, or the program as it is (`REAL`). It goes by its place, so that no setting can be taken for it.
    """
    with started(home, server, module, **settings) as process:
        process.wait_until_ready()
        yield process


@contextmanager
def started(
    home: Path, server: Telegram | None = None, module: Sequence[object] = QUICK, /, **settings: object
) -> Iterator[Process]:
    """The same without waiting: for a bot that is not expected to start."""
    telegram = {"telegram_api": server.api, "telegram_token": server.token} if server is not None else {}
    process = Process(home, {"listen": "127.0.0.1:0"} | telegram | settings, module)
    try:
        yield process
    finally:
        if process.status is None:
            process.kill()
        process.ended()
