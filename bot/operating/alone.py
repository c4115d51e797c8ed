"""Being alone with a database: no `vigil run`, no other command, nobody who comes while it lasts.

What changes every row must not meet a process that still holds the old key, or the old chats.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.tables import metadata
from bot.database import Database
from bot.database_errors import DatabaseError, plainly
from bot.outbox.single import AlreadyRunningError, SingleRun

# A process that has just ended is still listed by PostgreSQL for a moment.
_PATIENCE_S = 1.0
_ASK_EVERY_S = 0.1
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'vigil' AND pid <> pg_backend_pid()"
)


@asynccontextmanager
async def alone(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction that nobody can read or write beside; committed at the end of the block, undone if it raises.

    AlreadyRunningError where another Vigil works on the database. Until the block ends nothing else
    of this process may use it either.
    """
    await database.close()
    try:
        if database.path is None:
            async with _alone_on_a_server(database) as connection:
                yield connection
            return
        with SingleRun(database.path):
            async with _alone_with_a_file(database) as connection:
                yield connection
    finally:
        # Whoever connects next puts the file into its usual mode again.
        await database.close()


async def rewrite(database: Database) -> None:
    """Write every table anew, so that nothing of deleted or changed rows is left between those that are there."""
    with plainly():
        if database.is_sqlite:
            async with database.engine.connect() as connecting:
                connection = await connecting.execution_options(vigil_begin=None)
                await connection.exec_driver_sql("VACUUM")
        else:
            async with database.engine.connect() as connecting:
                connection = await connecting.execution_options(isolation_level="AUTOCOMMIT")
                names = ", ".join(table.name for table in metadata.sorted_tables)
                await connection.exec_driver_sql(f"VACUUM (FULL) {names}")
    await database.scrub()


@asynccontextmanager
async def _alone_with_a_file(database: Database) -> AsyncIterator[AsyncConnection]:
    with plainly():
        async with database.engine.connect() as connecting:
            connection = await connecting.execution_options(vigil_begin=None)
            await _take(connection)
            try:
                yield connection
            except BaseException:
                await connection.exec_driver_sql("ROLLBACK")
                raise
            await connection.exec_driver_sql("COMMIT")


async def _take(connection: AsyncConnection) -> None:
    """Lock the file: it leaves the WAL mode only when no other connection is left, and then can be locked for all."""
    try:
        with plainly():
            await connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            await connection.exec_driver_sql("BEGIN EXCLUSIVE")
    except DatabaseError as exc:
        if exc.reason == "locked":
            raise AlreadyRunningError("another vigil command works on this database; wait for it or end it") from exc
        raise


@asynccontextmanager
async def _alone_on_a_server(database: Database) -> AsyncIterator[AsyncConnection]:
    with plainly():
        async with database.engine.begin() as connection:
            await _lock_tables(connection)
            await _see_others_off(connection)
            yield connection


async def _lock_tables(connection: AsyncConnection) -> None:
    names = ", ".join(table.name for table in metadata.sorted_tables)
    await connection.execute(text(f"SET LOCAL lock_timeout = {int(_PATIENCE_S * 1000)}"))
    try:
        with plainly():
            await connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    except DatabaseError as exc:
        if exc.reason == "locked":
            raise _running() from exc
        raise


async def _see_others_off(connection: AsyncConnection) -> None:
    """Whoever connects from now on waits for the tables; whoever was there before is seen here."""
    for _ in range(int(_PATIENCE_S / _ASK_EVERY_S)):
        if not await connection.scalar(_OTHERS):
            return
        await asyncio.sleep(_ASK_EVERY_S)
    raise _running()


def _running() -> AlreadyRunningError:
    return AlreadyRunningError("another Vigil works on this database; end every vigil run and command first")
