"""Opening, migrating and refusing databases."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

import bot.outbox.preview_tables
import bot.outbox.tables  # noqa: F401 (their tables belong to the metadata)
from bot.chats.tables import metadata, schedules
from bot.database import HEAD, TABLES, Database, migrate, open_database
from bot.database_errors import DatabaseError
from bot.errors import SettingError
from tests.databases import opened, sqlite_url


async def test_the_migrations_make_the_tables_that_the_program_knows(either: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: Any) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with either.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "bot/migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_the_tables_the_program_asks_for_are_those_the_migrations_make(either: Database) -> None:
    async with either.read() as connection:
        made = await connection.run_sync(lambda sync: frozenset(inspect(sync).get_table_names()))

    assert made - {"alembic_version"} == TABLES


@pytest.mark.parametrize(
    ("made", "reason", "found"),
    [
        ("CREATE TABLE meta (name VARCHAR)", "half_migrated", "1 of Vigil's tables and no revision"),
        ("CREATE TABLE notes (words VARCHAR)", "foreign", "the tables of another program"),
    ],
)
async def test_tables_that_are_not_ours_are_refused_and_left_alone(
    tmp_path: Path, made: str, reason: str, found: str
) -> None:
    path = tmp_path / "vigil.sqlite"
    with sqlite3.connect(path) as before:
        before.execute(made)
    before.close()
    database = open_database(sqlite_url(tmp_path))

    with pytest.raises(DatabaseError, match=found) as refused:
        await migrate(database)
    await database.close()

    assert refused.value.reason == reason
    assert str(path) in str(refused.value)
    with sqlite3.connect(path) as after:
        assert len(after.execute("SELECT name FROM sqlite_master").fetchall()) == 1
    after.close()


@pytest.mark.parametrize("spoilt", ["DROP TABLE waits", "UPDATE alembic_version SET version_num = '0001'"])
async def test_a_database_that_is_not_whole_is_refused(sqlite: Database, spoilt: str) -> None:
    async with sqlite.write() as connection:
        await connection.execute(text(spoilt))

    with pytest.raises(DatabaseError, match="put a backup in its place") as refused:
        await migrate(sqlite)

    assert refused.value.reason == "half_migrated"


async def test_a_new_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path / "home")) as database:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))

        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "home").iterdir()}

    assert modes["vigil.sqlite"] == modes["vigil.sqlite-wal"] == 0o600


async def test_sqlite_is_opened_so_that_what_is_committed_is_on_the_disk(sqlite: Database) -> None:
    async with sqlite.write() as connection:
        found = {
            pragma: await connection.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_database_of_a_newer_program_is_left_alone(either: Database) -> None:
    await _set_revision(either, "9999")
    try:
        with pytest.raises(DatabaseError, match="revision 9999") as refused:
            await migrate(either)
    finally:
        await _set_revision(either, HEAD)

    assert refused.value.reason == "newer"


async def test_a_half_migrated_database_goes_on_where_it_stood(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    database = open_database(url)
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE meta (name VARCHAR)"))

    with pytest.raises(DatabaseError):
        await migrate(database)
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE meta"))
    await migrate(database)

    async with database.read() as connection:
        assert (await connection.execute(schedules.select())).all() == []
    await database.close()


async def test_a_file_that_is_no_database_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "vigil.sqlite").write_text("a letter, not a database " * 100)
    database = open_database(sqlite_url(tmp_path))

    with pytest.raises(DatabaseError) as refused:
        await migrate(database)
    assert refused.value.reason == "damaged"
    await database.close()


async def test_a_full_disk_is_told_and_leaves_the_database_whole(sqlite: Database) -> None:
    async with sqlite.write() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    with pytest.raises(DatabaseError) as refused:
        async with sqlite.write() as connection:
            await connection.execute(text("INSERT INTO meta VALUES ('a', hex(zeroblob(100000)))"))

    assert refused.value.reason == "full"
    async with sqlite.write() as connection:
        assert (await connection.execute(text("SELECT * FROM meta"))).all() == []


async def test_a_locked_database_is_waited_for_and_then_told(sqlite: Database) -> None:
    async with sqlite.write() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 20"))
    other = sqlite3.connect(str(sqlite.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with sqlite.read() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1

    with pytest.raises(DatabaseError) as refused:
        async with sqlite.write():
            pass

    assert refused.value.reason == "locked"
    other.execute("ROLLBACK")
    other.close()


async def test_writers_take_turns(sqlite: Database) -> None:
    async def add(number: int) -> None:
        async with sqlite.write() as connection:
            await asyncio.sleep(0)
            await connection.execute(text("INSERT INTO meta VALUES (:name, '')"), {"name": str(number)})

    await asyncio.gather(*(add(number) for number in range(50)))

    async with sqlite.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM meta")) == 50


async def test_what_fails_is_rolled_back_and_the_writer_goes_on(sqlite: Database) -> None:
    with pytest.raises(RuntimeError):
        async with sqlite.write() as connection:
            await connection.execute(text("INSERT INTO meta VALUES ('a', '')"))
            raise RuntimeError

    async with sqlite.write() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM meta")) == 0


async def test_a_writer_that_is_cancelled_leaves_the_next_one_free(sqlite: Database) -> None:
    inside = asyncio.Event()

    async def forever() -> None:
        async with sqlite.write() as connection:
            await connection.execute(text("INSERT INTO meta VALUES ('a', '')"))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(forever())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(5), sqlite.write() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM meta")) == 0


def test_an_address_that_is_none_is_not_repeated() -> None:
    with pytest.raises(SettingError) as refused:
        open_database("mysql://root:secret@host/name")

    assert "secret" not in str(refused.value)


async def test_an_unreachable_server_is_told() -> None:
    database = open_database("postgresql+asyncpg://user:secret@127.0.0.1:1/name")

    with pytest.raises(DatabaseError) as refused:
        await migrate(database)

    assert refused.value.reason == "gone"
    assert "secret" not in str(refused.value)
    await database.close()


async def _set_revision(database: Database, revision: str) -> None:
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


async def test_a_database_with_chats_takes_the_migrations_and_keeps_them(either: Database) -> None:
    made = (
        "INSERT INTO schedules (id, zone, at, topics, leads, facts) VALUES (7, 'Europe/Minsk', 540, '', '', 'weekly')",
        "INSERT INTO chats (transport, sealed, thread, kind, language, schedule, state) "
        "VALUES ('telegram', 'x', 0, 'private', 'be', 7, 'active')",
    )
    async with either.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.run_sync(_upgrade, "0002")
        for statement in made:
            await connection.execute(text(statement))

    await migrate(either)

    async with either.read() as connection:
        kept = (await connection.execute(text("SELECT schedule, rhythm FROM chats JOIN schedules ON 1 = 1"))).all()
    assert kept == [(7, "each")]


def _upgrade(connection: Any, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot/migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _add(name: str) -> Callable[[Connection], None]:
    def add(connection: Connection) -> None:
        connection.execute(text(f"INSERT INTO meta VALUES ('{name}', '')"))

    return add


async def _names(database: Database) -> list[str]:
    async with database.read() as connection:
        return list(await connection.scalars(text("SELECT name FROM meta ORDER BY name")))


async def test_a_transaction_in_one_go_is_committed_or_nothing_of_it_stands(either: Database) -> None:
    def failing(connection: Connection) -> None:
        _add("b")(connection)
        raise RuntimeError

    await either.transact(_add("a"))
    with pytest.raises(RuntimeError):
        await either.transact(failing)
    async with either.write() as connection:
        await connection.run_sync(_add("c"))

    assert await _names(either) == ["a", "c"]


async def test_who_is_cancelled_in_a_transaction_goes_on_once_it_is_over(sqlite: Database) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def waiting(connection: Connection) -> None:
        begun.set()
        may_end.wait(10)
        _add("a")(connection)

    task = asyncio.create_task(sqlite.transact(waiting))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    asyncio.get_running_loop().call_later(0.02, may_end.set)

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _names(sqlite) == ["a"]


async def test_a_closed_database_opens_again_when_it_is_used(sqlite: Database) -> None:
    await sqlite.transact(_add("a"))
    await sqlite.close()
    await sqlite.transact(_add("b"))

    assert await _names(sqlite) == ["a", "b"]
