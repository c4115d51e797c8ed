"""Bringing a backup back: made ready in a copy (`past`), then put in the database's place in one transaction."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import ROOM, ChatKind
from bot.chats.key_file import KeyFileError
from bot.chats.sealing import Seal, open_seal
from bot.chats.tables import chats
from bot.database import Database, migrate, revision
from bot.database_errors import DatabaseError
from bot.operating.alone import alone, rewrite
from bot.operating.backup import COMPANIONS, BackupError, sqlite_file
from bot.operating.portable import Progress, copy_rows, delete_rows, snapshot
from bot.outbox.tables import holds
from bot.private_folders import make_private_folder

_MAGIC = b"SQLite format 3\0"
_FOLDER = "restoring"
_NO_BACKUP = "an SQLite database, but no backup of Vigil's"
# By the reasons of a DatabaseError.
_FAULTS = {"damaged": "the backup is damaged", "half_migrated": "the backup is not whole", "foreign": _NO_BACKUP}


@asynccontextmanager
async def copy_of(file: Path, home: Path) -> AsyncIterator[Database]:
    """A copy of a backup, in the home, with its tables up to date; the backup stays as it is.

    BackupError where the file is none, is damaged, or is of a newer program.
    """
    _check_file(file)
    folder = home / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # what an interrupted restore left
    try:
        copy = sqlite_file(_copied(file, folder))
        try:
            await _migrated(copy, file)
            yield copy
        finally:
            await copy.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def fitting_seal(copy: Database, key_path: Path, file: Path) -> Seal:
    """The seal of a backup; BackupError where the key file is not the one it was made with."""
    try:
        return await open_seal(copy, key_path)
    except KeyFileError as exc:
        raise BackupError(f"{exc}; put the key there that belongs to {file.name}") from exc


async def refuse_if_used(database: Database, *, over: bool) -> None:
    """AlreadyRunningError while another Vigil works on a database; BackupError where it has chats, but with `over`."""
    async with alone(database) as connection:
        if not over:
            await _refuse_unless_empty(connection)


async def _refuse_unless_empty(connection: AsyncConnection) -> None:
    """The room's own chat does not count: a first `vigil run` makes it."""
    number, private = await _chats_in(connection)
    if number:
        raise BackupError(
            f"the database holds {number} chats, {private} of them private; expected an empty one. To delete what it "
            "holds and put the backup in its place: --replace"
        )


async def replace(database: Database, copy: Database, *, over: bool, progress: Progress = lambda rows: None) -> None:
    """Put what a copy holds in the place of what a database holds; `over` chats that are there only if asked to.

    What is held now stays held: silence asked for since the backup must not be broken.
    """
    async with alone(database) as target, snapshot(copy) as source:
        if not over:
            await _refuse_unless_empty(target)
        held = await _held(target)
        await delete_rows(target)
        await copy_rows(source, target, progress=progress)
        if since := held - await _held(target):
            await target.execute(insert(holds), [{"kind": kind, "id": record} for kind, record in sorted(since)])
    await rewrite(database)


def _check_file(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) != _MAGIC:
                raise BackupError(f"{file}: no backup of Vigil's; expected a file that `vigil backup` wrote")
    except OSError as exc:
        raise BackupError(f"{file}: the backup cannot be read: {exc.strerror}") from exc


def _copied(file: Path, folder: Path) -> Path:
    """The file in a folder of ours, with what SQLite keeps beside it where it is a database's own file."""
    try:
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700)
        for end in ("", *COMPANIONS):
            beside = file.with_name(file.name + end)
            if beside.exists():
                shutil.copyfile(beside, folder / f"copy{end}")
                (folder / f"copy{end}").chmod(0o600)
    except OSError as exc:
        raise BackupError(f"{folder}: the backup cannot be copied there: {exc.strerror}") from exc
    return folder / "copy"


async def _migrated(copy: Database, file: Path) -> None:
    try:
        if not await revision(copy):
            raise BackupError(f"{file}: {_NO_BACKUP}")
        async with copy.read() as connection:
            if await connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
                raise BackupError(f"{file}: the backup is damaged")
        await migrate(copy)
    except DatabaseError as exc:
        what = _FAULTS.get(exc.reason, str(exc))
        raise BackupError(f"{file}: {what}") from exc


async def _chats_in(connection: AsyncConnection) -> tuple[int, int]:
    """How many chats there are besides the room's own, and how many of them are private."""
    query = select(func.count()).select_from(chats).where(chats.c.transport != ROOM)
    number = await connection.scalar(query) or 0
    return number, await connection.scalar(query.where(chats.c.kind == ChatKind.PRIVATE)) or 0


async def _held(connection: AsyncConnection) -> frozenset[tuple[str, str]]:
    rows = await connection.execute(select(holds.c.kind, holds.c.id))
    return frozenset((row.kind, row.id) for row in rows)
