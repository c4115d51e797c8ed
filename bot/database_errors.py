"""A database's troubles in one clear line each, without values, addresses or statements."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import VigilError

# SQLite's primary result codes (sqlite.org/rescode.html) and PostgreSQL's classes of SQLSTATE.
_SQLITE = {
    sqlite3.SQLITE_FULL: ("full", "the disk that holds the database is full: make room there"),
    sqlite3.SQLITE_READONLY: (
        "read_only",
        "the database is read-only, and Vigil has to write: check owner and mode of the file and its folder",
    ),
    sqlite3.SQLITE_BUSY: ("locked", "another program keeps the database locked: end it"),
    sqlite3.SQLITE_LOCKED: ("locked", "another program keeps the database locked: end it"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "the database is damaged: end Vigil, and put a backup in its place"),
    sqlite3.SQLITE_NOTADB: ("damaged", "found no SQLite database, expected Vigil's: check VIGIL_DATABASE"),
    sqlite3.SQLITE_CANTOPEN: ("unusable", "the database cannot be opened: check owner and mode of its folder"),
    sqlite3.SQLITE_IOERR: (
        "unusable",
        "the disk that holds the database does not take what is written: check its room, its limits and its health",
    ),
}
_NOT_TAKEN = "does not take a statement: found other tables than this program expects; put a backup in their place"
_GONE = ("gone", "the database cannot be reached: check that it runs, and VIGIL_DATABASE")
_POSTGRESQL = {
    "08": _GONE,
    "53": ("full", "PostgreSQL has run out of disk, memory or connections"),
    "25": ("read_only", "PostgreSQL is read-only: this may be a standby server"),
    "55": ("locked", "another program keeps the database locked: end it and start again"),
    "28": ("refused", "PostgreSQL refuses the user or password in VIGIL_DATABASE"),
    "3D": ("unusable", "PostgreSQL has no database of the name in VIGIL_DATABASE"),
    "57": ("gone", "PostgreSQL is shutting down or not ready"),
    "42": ("defect", f"PostgreSQL {_NOT_TAKEN}"),
}


class DatabaseError(VigilError):
    """The database cannot be used; `reason` is a short code such as full, read_only, locked, newer."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@contextmanager
def plainly(where: Path | None = None) -> Iterator[None]:
    """Raise what a driver or its network raises as DatabaseError; an IntegrityError passes, it has meaning.

    `where` is the SQLite file, which is then named.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as exc:
        raise _error(_explained(exc.orig), where) from exc
    except PoolTimeoutError as exc:
        raise _error(("busy", "the database answers too slowly: every connection is in use"), where) from exc
    except (OSError, TimeoutError) as exc:
        raise _error(_GONE, where) from exc
    except Exception as exc:
        # asyncpg's own errors while connecting are not wrapped by SQLAlchemy.
        if not type(exc).__module__.startswith("asyncpg"):
            raise
        raise _error(_explained(exc), where) from exc


def _error(explained: tuple[str, str], where: Path | None) -> DatabaseError:
    reason, message = explained
    return DatabaseError(reason, f"{where}: {message}" if where is not None else message)


def _explained(error: BaseException | None) -> tuple[str, str]:
    for cause in (error, getattr(error, "__cause__", None)):
        code: int | None = getattr(cause, "sqlite_errorcode", None)
        if code is not None:
            return _SQLITE.get(code & 0xFF, ("defect", f"SQLite {_NOT_TAKEN} (result code {code})"))
        state: str | None = getattr(cause, "sqlstate", None)
        if state is not None:
            return _POSTGRESQL.get(state[:2], ("unusable", f"PostgreSQL reports SQLSTATE {state}"))
    return _GONE
