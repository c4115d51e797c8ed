"""A backup: one file of mode 600, whole or not there at all, without private chats unless asked for."""

import os
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.tables import chats
from bot.database import Database, migrate, open_database
from bot.database_errors import DatabaseError
from bot.errors import VigilError
from bot.operating.portable import Progress, copy_rows, snapshot

# What SQLite may leave beside a file.
COMPANIONS = ("-wal", "-shm", "-journal")


class BackupError(VigilError):
    """A backup that cannot be made, or cannot be used; the message names the file."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, by table, and how many chats were left out of it."""

    rows: Counter[str]
    left_out: int


async def back_up(
    database: Database, file: Path, *, with_readers: bool, progress: Progress = lambda rows: None
) -> Backup:
    """Write what the database holds at this moment to a new file, while others go on working on it.

    BackupError where there is a file already, or it cannot be written.
    """
    with _new_file(file) as draft:
        async with snapshot(database) as source:
            number = await source.scalar(select(func.count()).select_from(chats)) or 0
            copied = await _copied(source, draft, with_readers, progress)
        _finish(draft, copied)
    return Backup(copied, number - copied["chats"])


def sqlite_file(path: Path) -> Database:
    """The SQLite database in a file of any name."""
    return open_database(URL.create("sqlite+aiosqlite", database=str(path)))


async def _copied(source: AsyncConnection, draft: Path, with_readers: bool, progress: Progress) -> Counter[str]:
    copy = sqlite_file(draft)
    try:
        await migrate(copy)
        async with copy.write() as target:
            return await copy_rows(source, target, with_readers=with_readers, progress=progress)
    except DatabaseError as exc:
        if exc.reason != "full":
            raise
        raise BackupError(f"{draft.parent}: the disk is full: the backup was not written") from exc
    finally:
        await copy.close()


@contextmanager
def _new_file(file: Path) -> Iterator[Path]:
    """A draft beside the file, which takes its place at the end; neither is left where the block raises."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        # The name is taken first: whatever comes to stand there meanwhile is not ours to overwrite.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as exc:
        raise BackupError(f"{file}: there is a file already; expected a new name") from exc
    except OSError as exc:
        raise BackupError(f"{file}: the backup cannot be written there: {exc.strerror}") from exc
    try:
        yield draft
        _sync(draft)
        draft.replace(file)
        _sync(file.parent)
    except BaseException as exc:
        for left in (file, draft, *(draft.with_name(draft.name + end) for end in COMPANIONS)):
            left.unlink(missing_ok=True)
        if isinstance(exc, OSError):
            raise BackupError(f"{file}: the backup cannot be written there: {exc.strerror}") from exc
        raise


def _finish(draft: Path, copied: Counter[str]) -> None:
    """Make it one file with nothing between its rows, and read it once: a backup that does not open is none."""
    connection = sqlite3.connect(draft)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
        whole = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        found = {table: _count(connection, table) for table in copied}
    except sqlite3.Error as exc:
        raise BackupError("the backup does not open again: check the disk that it was written to") from exc
    finally:
        connection.close()
    if whole != ["ok"] or found != dict(copied):
        raise BackupError("the backup does not hold what was written: check the disk that it was written to")


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (our own names)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
