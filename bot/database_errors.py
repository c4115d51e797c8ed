"""A database's troubles in one clear line each, without values, addresses or statements."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import VigilError

# SQLite's primary result codes (sqlite.org/rescode.html) and PostgreSQL's classes of SQLSTATE.
_SQLITE = {
    sqlite3.SQLITE_FULL: ("full", "the disk that holds the database is full: make room and start again"),
    sqlite3.SQLITE_READONLY: ("read_only", "the database is read-only: check the owner and mode of file and directory"),
    sqlite3.SQLITE_BUSY: ("locked", "another program keeps the database locked: end it and start again"),
    sqlite3.SQLITE_LOCKED: ("locked", "another program keeps the database locked: end it and start again"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "the database is damaged: stop, and put a backup in its place"),
    sqlite3.SQLITE_NOTADB: ("damaged", "the file is no SQLite database: check VIGIL_DATABASE"),
    sqlite3.SQLITE_CANTOPEN: ("unusable", "the database cannot be opened: check its directory's owner and mode"),
    sqlite3.SQLITE_IOERR: ("unusable", "the disk that holds the database fails: check the disk"),
}
_POSTGRESQL = {
    "53": ("full", "PostgreSQL has run out of disk, memory or connections"),
    "25": ("read_only", "PostgreSQL is read-only: this may be a standby server"),
    "55": ("locked", "another program keeps the database locked: end it and start again"),
    "28": ("refused", "PostgreSQL refuses the user or password in VIGIL_DATABASE"),
    "3D": ("unusable", "PostgreSQL has no database of the name in VIGIL_DATABASE"),
    "57": ("gone", "PostgreSQL is shutting down or not ready"),
    "42": ("defect", "PostgreSQL does not take a statement: the tables are not what this program expects"),
}
_GONE = ("gone", "the database cannot be reached")


class DatabaseError(VigilError):
    """The database cannot be used; `reason` is a short code such as full, read_only, locked, newer."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@contextmanager
def plainly() -> Iterator[None]:
    """Raise what a driver or its network raises as DatabaseError; an IntegrityError passes, it has meaning."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as exc:
        raise DatabaseError(*_explained(exc.orig)) from exc
    except PoolTimeoutError as exc:
        raise DatabaseError("busy", "the database answers too slowly: every connection is in use") from exc
    except (OSError, TimeoutError) as exc:
        raise DatabaseError(*_GONE) from exc
    except Exception as exc:
        # asyncpg's own errors while connecting are not wrapped by SQLAlchemy.
        if not type(exc).__module__.startswith("asyncpg"):
            raise
        raise DatabaseError(*_explained(exc)) from exc


def _explained(error: BaseException | None) -> tuple[str, str]:
    for cause in (error, getattr(error, "__cause__", None)):
        code: int | None = getattr(cause, "sqlite_errorcode", None)
        if code is not None:
            return _SQLITE.get(
                code & 0xFF,
                (
                    "defect",
                    f"SQLite does not take a statement (result code {code}): please report it, the data is whole",
                ),
            )
        state: str | None = getattr(cause, "sqlstate", None)
        if state is not None:
            return _POSTGRESQL.get(state[:2], ("unusable", f"PostgreSQL reports SQLSTATE {state}"))
    return _GONE
