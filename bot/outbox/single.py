"""One `vigil run` on an SQLite file: the second refuses to start. Other commands work beside it."""

import fcntl
import os
from pathlib import Path
from typing import Self

from bot.database_errors import DatabaseError
from bot.errors import VigilError


class AlreadyRunningError(VigilError):
    """Another `vigil run` works on the same database."""


class SingleRun:
    """A lock on a file beside the database, held until released or until the process ends."""

    def __init__(self, database_path: Path) -> None:
        self._path = database_path.with_name(f"{database_path.name}.lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as exc:
            message = f"{self._path}: cannot be made: {exc.strerror}; check room, owner and mode of its folder"
            raise DatabaseError("unusable", message) from exc
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            os.close(descriptor)
            message = f"{self._path}: another vigil run works on this database; end it first"
            raise AlreadyRunningError(message) from exc
        # The file stays when the lock goes: deleting it would let two processes lock two files of one name.
        self._descriptor = descriptor
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
