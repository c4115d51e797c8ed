"""What is SQLite's own: its file's mode, its pragmas, and a thread that carries out whole transactions."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.database_errors import DatabaseError
from bot.private_folders import make_private_folder

_BUSY_MS = 10_000
_PRAGMAS = {
    "busy_timeout": _BUSY_MS,
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
}

T = TypeVar("T")


class WriterThread:
    """A connection in a thread of its own. Made at first use, and again at the first use after `close`."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="sqlite")
        self._made: tuple[ThreadPoolExecutor, Engine] | None = None

    async def carry_out(self, work: Callable[[Connection], T]) -> T:
        """The result of `work`, one transaction; whoever is cancelled meanwhile goes on once it is over."""
        if self._made is None:
            self._made = ThreadPoolExecutor(1, "writer"), self._engine()
        executor, engine = self._made
        done = executor.submit(_transact, engine, work)
        try:
            return await asyncio.wrap_future(done)
        except asyncio.CancelledError:
            if not done.cancelled():
                # It had begun: before its end the writer is not free for anybody else. How it ends concerns nobody.
                await asyncio.gather(asyncio.wrap_future(done), return_exceptions=True)
            raise

    async def close(self) -> None:
        """Close the connection and end the thread."""
        if self._made is not None:
            (executor, engine), self._made = self._made, None
            await asyncio.get_running_loop().run_in_executor(executor, engine.dispose)
            executor.shutdown()

    def _engine(self) -> Engine:
        engine = create_engine(self._url, hide_parameters=True)
        prepare(engine)
        return engine


def _transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return work(connection)


def make_private(path: Path | None) -> None:
    """Make the file before SQLite does, so that at no moment others may read it; -wal and -shm follow its mode."""
    if path is None:
        return
    try:
        make_private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except PermissionError as exc:
        message = f"{path}: no permission to write the database there: check its owner and mode"
        raise DatabaseError("read_only", message) from exc
    except OSError as exc:
        message = f"{path}: cannot make the database there: {exc.strerror}; check VIGIL_DATABASE and VIGIL_HOME"
        raise DatabaseError("unusable", message) from exc


def prepare(engine: Engine) -> None:
    """Have every connection of an engine begin with our pragmas, and every transaction with our BEGIN."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        # The driver would begin transactions late and deferred; we say BEGIN ourselves, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma, value in _PRAGMAS.items():
            cursor.execute(f"PRAGMA {pragma} = {value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        # A deferred transaction that comes to write after another wrote fails at once, without waiting.
        begin = connection.get_execution_options().get("vigil_begin", "BEGIN IMMEDIATE")
        if begin is not None:
            connection.exec_driver_sql(begin)
