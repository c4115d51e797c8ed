"""Backups: one file, whole, of its owner alone, with no trace of those left out."""

import asyncio
import sqlite3
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.chats.tables import metadata
from bot.database import Database
from bot.operating.backup import BackupError, back_up
from bot.operating.portable import _OF_READERS, _OF_THE_MOMENT, _RULES, _WHOLE
from bot.outbox.holds import hold
from bot.outbox.orders import offer
from bot.posts.post import Post
from tests.app.process import running
from tests.calendars import ROOT
from tests.cli.vigil import vigil
from tests.outbox.stage import Stage, channel, private

READER, CHANNEL = private(), channel()


async def peopled(database: Database) -> Stage:
    """A stage on which a reader far away follows somebody, a channel reads too, and both got a post."""
    stage = Stage(database)
    stage.edition.post = lambda view, slot, on: Post(f"in {view.language}")
    chat = await stage.subscribe(READER, zone="Asia/Tokyo", at=time(7, 13), language="ru")
    await stage.chats.follow(chat.id, "jane-doe")
    await stage.subscribe(CHANNEL)
    await stage.run()
    await hold(database, "person", "ihar-lednik")
    await offer(database, [("resume", "a button of this moment")], stage.clock.advance(days=1))
    await stage.stop()
    return stage


async def test_without_readers_nothing_of_them_stands_in_the_file(either: Database, tmp_path: Path) -> None:
    stage = await peopled(either)
    file = tmp_path / "backup"

    made = await back_up(either, file, with_readers=False)

    content = file.read_bytes()
    hidden = [stage.seal.seal("telegram", READER.chat), stage.seal.follow_hash("jane-doe"), b"Asia/Tokyo", b"in ru"]
    assert not [trace for trace in [*hidden, b"this moment"] if trace in content]
    shown = [stage.seal.seal("telegram", CHANNEL.chat), b"Europe/Minsk", b"in be", b"ihar-lednik"]
    assert not [trace for trace in shown if trace not in content]
    assert (made.rows["chats"], made.rows["deliveries"], made.left_out) == (1, 1, 1)


async def test_with_readers_they_are_in_it(either: Database, tmp_path: Path) -> None:
    stage = await peopled(either)
    file = tmp_path / "backup"

    made = await back_up(either, file, with_readers=True)

    content = file.read_bytes()
    assert stage.seal.seal("telegram", READER.chat) in content
    assert stage.seal.follow_hash("jane-doe") in content
    assert (made.rows["chats"], made.left_out) == (2, 0)


async def test_it_is_one_file_of_its_owner_alone(sqlite: Database, tmp_path: Path) -> None:
    await peopled(sqlite)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = folder / "a name? with 100% oddities#.backup"

    await back_up(sqlite, file, with_readers=False)

    assert [path.name for path in folder.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    connection.close()


async def test_a_file_that_is_there_is_left_alone(sqlite: Database, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_text("dear to somebody")

    with pytest.raises(BackupError, match="a file already"):
        await back_up(sqlite, file, with_readers=False)

    assert file.read_text() == "dear to somebody"


async def test_where_it_fails_nothing_is_left(sqlite: Database, tmp_path: Path) -> None:
    await peopled(sqlite)
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    def cut(rows: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await back_up(sqlite, folder / "backup", with_readers=False, progress=cut)

    assert list(folder.iterdir()) == []


def test_of_every_table_it_is_said_what_goes_along() -> None:
    said = {
        *_WHOLE,
        *_OF_THE_MOMENT,
        *_OF_READERS,
        *_RULES,
        *(table for table in metadata.sorted_tables if "chat" in table.c),
    }

    assert [table.name for table in metadata.sorted_tables if table not in said] == []


async def test_no_table_is_forgotten_for_want_of_an_import(sqlite: Database) -> None:
    async with sqlite.read() as connection:
        there = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    known = "import bot.operating.portable as p; print(*(table.name for table in p.metadata.sorted_tables))"
    printed = await asyncio.to_thread(subprocess.check_output, [sys.executable, "-c", known], text=True, cwd=ROOT)

    assert {*printed.split(), "alembic_version"} == there


def test_a_backup_is_made_beside_a_running_bot(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "backup"
    assert vigil(home, "chats", "import", "-", "--with-readers", given="address\ntelegram:5550123457\n").status == 0
    with running(home) as process:
        made = vigil(home, "backup", str(file))
        assert process.stop()[0] == 0

    assert (made.status, made.out) == (0, f"Written: {file}; chats: 1, deliveries: {made.out.split()[-1]}\n")
    assert "left out: 1" in made.err


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    refused = vigil(tmp_path / "home", "backup", str(tmp_path / "backup"))

    assert (refused.status, "no database yet" in refused.err) == (1, True)
    assert not (tmp_path / "backup").exists()
    assert not (tmp_path / "home").exists()
