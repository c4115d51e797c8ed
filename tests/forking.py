"""Processes of the program that start in a tenth of a second: forked from one that has it loaded already.

They are processes like any other, with an id, an environment, a folder and streams of their own; only the second in
which Python imports the libraries is saved. Python's own fork server does it.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any

LOADED = [
    "bot.app.serving",
    "bot.app.telegram",
    "bot.app.correcting",
    "bot.cli",
    "bot.doors.metrics",
    "bot.doors.public.app",
    "bot.doors.room.app",
    "bot.doors.room.server",
    "bot.doors.telegram.door",
    "bot.doors.telegram.polling",
    "bot.doors.telegram.taking",
    "bot.names.search",
    "bot.operating.doctor",
    "bot.posts.day",
    "bot.posts.pictures",
    "bot.posts.roundups",
    "bot.records.checking",
    "bot.transports.telegram",
    "alembic.command",
    "rich.console",
    "rich.progress",
    "rich.table",
]
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(LOADED)


class Forked:
    """A process that runs `python -m MODULE ARGUMENTS`, as subprocess.Popen would start it with pipes for text.

    One thread alone may wait for it.
    """

    def __init__(
        self, module: str, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], given: bool = False
    ) -> None:
        its_in, our_in = os.pipe() if given else (os.open(os.devnull, os.O_RDONLY), None)
        (our_out, its_out), (our_err, its_err) = os.pipe(), os.pipe()
        its = (its_in, its_out, its_err)
        # A daemon ends with the tests, whatever ended them.
        self._process = _forks.Process(target=_Program(module, arguments, str(cwd), dict(env), its), daemon=True)
        self._process.start()
        for descriptor in its:
            os.close(descriptor)
        self.stdin = None if our_in is None else os.fdopen(our_in, "w")
        self.stdout, self.stderr = os.fdopen(our_out), os.fdopen(our_err)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def communicate(self, given: str, timeout_s: float) -> tuple[str, str]:
        """Give it all that it is to read; what it wrote to its end. TimeoutExpired if it does not end."""
        assert self.stdin is not None
        with ThreadPoolExecutor(2) as readers, self.stdout, self.stderr:
            try:
                out, err = readers.submit(self.stdout.read), readers.submit(self.stderr.read)
                with suppress(BrokenPipeError), self.stdin:
                    self.stdin.write(given)
                self.wait(timeout_s)
                return out.result(), err.result()
            except BaseException:
                self.kill()
                raise

    def poll(self) -> int | None:
        """Its status, negative for a signal; null while it runs."""
        return self._process.exitcode

    def wait(self, timeout_s: float) -> int:
        """Its status, once it has ended; TimeoutExpired if it does not."""
        self._process.join(timeout_s)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout_s)
        return self._process.exitcode

    def send_signal(self, by: signal.Signals) -> None:
        if self._process.exitcode is None:
            with suppress(ProcessLookupError):  # the fork server knows of its end already, and this process not yet
                os.kill(self.pid, by)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Program:
    """What the forked process does; passed to it with its streams."""

    def __init__(
        self, module: str, arguments: Sequence[str], cwd: str, env: dict[str, str], streams: tuple[int, int, int]
    ) -> None:
        self._module, self._arguments, self._cwd, self._env = module, list(arguments), cwd, env
        self._streams: Any = streams

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_streams": [DupFd(descriptor) for descriptor in self._streams]}

    def __call__(self) -> None:
        for number, stream in enumerate(self._streams):
            received = stream.detach()
            os.dup2(received, number)
            os.close(received)
        sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")
        os.environ.clear()
        os.environ.update(self._env)
        time.tzset()
        os.chdir(self._cwd)
        sys.argv = [self._module, *self._arguments]
        runpy.run_module(self._module, run_name="__main__", alter_sys=True)


def _stream(number: int, mode: str) -> IO[str]:
    if number == 2:
        return open(number, mode, buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    return open(number, mode, encoding="utf-8", closefd=False)
