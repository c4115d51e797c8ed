"""Connecting to SQLite or PostgreSQL, and bringing the tables up to this program's revision.

Only connects: what stands in the tables is the business of `chats` and `outbox`. Every driver's
error leaves here as a DatabaseError that says in one line what a person can do.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, BigInteger, Connection, Dialect, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator

from bot.database_errors import DatabaseError, plainly
from bot.database_sqlite import WriterThread, make_private, prepare
from bot.errors import SettingError

# The newest revision in `migrations/`: compared before Alembic is imported, which costs a second.
HEAD = "0007"
# The tables it has.
TABLES = frozenset(
    {
        *("chats", "schedules", "follows", "meta", "holds", "orders", "sender"),
        *("deliveries", "contents", "waves", "waits", "sightings", "probes"),
        *("corrections", "replacements", "deletions"),
        *("channels", "stewards", "previews"),
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
# The number of our advisory lock: "vigil" in ASCII.
_MAKING_TABLES = 0x766967696C

T = TypeVar("T")


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as milliseconds since 1970: narrow, and the same in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds; a naive datetime is a defect and fails on subtraction."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        return None if value is None else _EPOCH + value * _MILLISECOND


def milliseconds(instant: datetime) -> int:
    """An aware datetime as an Instant is kept."""
    return (instant - _EPOCH) // _MILLISECOND


class Database:
    """An engine, with one way to read and one to write.

    SQLite has one writer at a time: the tasks of this process queue for it in order, so that none
    starves in SQLite's own polling, and other processes are waited for up to ten seconds.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        # The SQLite file; null for PostgreSQL or a database in memory.
        name = engine.url.database
        self.path = Path(name) if self.is_sqlite and name and name != ":memory:" else None
        self._turn = asyncio.Lock()
        self._writer: AsyncConnection | None = None
        self._thread = WriterThread(engine.url) if self.is_sqlite else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose statements see one snapshot; nothing may be written."""
        with plainly(self.path):
            async with self.engine.connect() as connection:
                reading = await connection.execution_options(vigil_begin="BEGIN")
                async with reading.begin():
                    yield reading

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        with plainly(self.path):
            if not self.is_sqlite:
                async with self.engine.begin() as connection:
                    yield connection
                return
            async with self._turn:
                # Always the same connection: another one would find its cache of pages outdated.
                if self._writer is None or self._writer.invalidated:
                    self._writer = await self.engine.connect()
                async with self._writer.begin():
                    yield self._writer

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """The result of `work`, one transaction carried out in one go; `write` is for those that must wait within.

        On SQLite it runs in a thread. With `write` each statement goes there and back four times, and while
        the loop is busy with other tasks the writer is held for as long as they take.
        """
        with plainly(self.path):
            if self._thread is None:
                async with self.engine.begin() as connection:
                    return await connection.run_sync(work)
            async with self._turn:
                return await self._thread.carry_out(work)

    async def ping(self) -> None:
        """Read once; DatabaseError where that fails."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def scrub(self) -> None:
        """Leave nothing of what was deleted in SQLite's write-ahead log; PostgreSQL has its VACUUM."""
        if self.path is None:
            return
        with plainly(self.path):
            async with self._turn, self.engine.connect() as connection:
                bare = await connection.execution_options(vigil_begin=None)
                await bare.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def close(self) -> None:
        """Give every connection back."""
        async with self._turn:
            if self._writer is not None:
                await self._writer.close()
                self._writer = None
            if self._thread is not None:
                await self._thread.close()
        await self.engine.dispose()


def open_database(url: str | URL) -> Database:
    """The database at a SQLAlchemy URL with its async driver; an SQLite file is made with mode 600."""
    try:
        parsed = make_url(url)
        engine = create_async_engine(parsed, **_engine_options(parsed.get_backend_name()))
    except (ArgumentError, NoSuchModuleError, ImportError) as exc:
        expected = "a URL such as sqlite:////srv/vigil/vigil.sqlite or postgresql://user@host/name"
        raise SettingError("VIGIL_DATABASE", "a value not shown here", expected) from exc
    database = Database(engine)
    if database.is_sqlite:
        make_private(database.path)
        prepare(engine.sync_engine)
    return database


async def migrate(database: Database) -> None:
    """Bring the tables to this program's revision.

    DatabaseError where they are from a newer one, not whole, or another program's.
    """
    with plainly(database.path):
        async with database.read() as connection:
            found = await connection.run_sync(_found)
        if found.is_whole:
            return
        try:
            async with database.write() as writing:
                if not database.is_sqlite:
                    # Of processes that start together one makes the tables, and the others find them made.
                    await writing.execute(select(func.pg_advisory_xact_lock(_MAKING_TABLES)))
                await writing.run_sync(_upgrade, database.path)
        except DatabaseError as exc:
            if exc.reason != "defect":
                raise
            what = f"found tables that are not those of revision {found.revision}"
            raise _refused("half_migrated", database.path, what) from exc


async def revision(database: Database) -> str | None:
    """The revision of the tables; None where there are none. DatabaseError where they are not whole, or another's."""
    with plainly(database.path):
        async with database.read() as connection:
            found = await connection.run_sync(_found)
    _refuse_what_is_not_ours(found, database.path)
    return found.revision


def insert_into(connection: AsyncConnection | Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, alike in both databases."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine_options(backend: str) -> dict[str, Any]:
    if backend == "sqlite":
        return {"hide_parameters": True}
    # Tables here grow from nothing to a million rows within a minute: a plan made for the empty table
    # and kept would scan the full one for every chunk.
    server = {"plan_cache_mode": "force_custom_plan", "jit": "off", "application_name": "vigil"}
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"timeout": 10, "server_settings": server},
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in a database: its revision, null where there is none, and the names of its tables."""

    revision: str | None
    tables: frozenset[str]

    @property
    def is_whole(self) -> bool:
        """Whether it is this program's."""
        return self.revision == HEAD and self.tables >= TABLES


def _found(connection: Any) -> _Found:
    from sqlalchemy import inspect  # noqa: PLC0415 (needed once)

    return _Found(_revision(connection), frozenset(inspect(connection).get_table_names()))


def _revision(connection: Any) -> str | None:
    from sqlalchemy import inspect  # noqa: PLC0415 (needed once)

    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _refuse_what_is_not_ours(found: _Found, where: Path | None) -> None:
    """DatabaseError where making our tables would mix them with others, or hide that some are missing."""
    there = found.tables - {"alembic_version"}
    if found.revision is None and there & TABLES:
        raise _refused("half_migrated", where, f"found {len(there & TABLES)} of Vigil's tables and no revision")
    if found.revision is None and there:
        raise _refused("foreign", where, "found the tables of another program")
    if found.revision == HEAD and (missing := len(TABLES - there)):
        raise _refused("half_migrated", where, f"found revision {HEAD} without {missing} of its tables")


def _refused(reason: str, where: Path | None, found: str) -> DatabaseError:
    what = f"{found}, expected Vigil's whole or none: put a backup in its place, or check VIGIL_DATABASE"
    return DatabaseError(reason, f"{where if where is not None else 'VIGIL_DATABASE'}: {what}")


def _upgrade(connection: Any, where: Path | None) -> None:
    """Run the migrations in this transaction: all of them or none."""
    from alembic import command  # noqa: PLC0415 (20 MB and a second, only when the tables change)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    found = _found(connection)
    _refuse_what_is_not_ours(found, where)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as exc:
        raise DatabaseError(
            "newer",
            f"{where if where is not None else 'VIGIL_DATABASE'}: found revision {found.revision}, expected at most "
            f"{HEAD}: update the program",
        ) from exc
