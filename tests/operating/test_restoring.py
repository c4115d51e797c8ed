"""Bringing a backup back: all that it holds, nothing of the past sent, and no silence broken."""

import asyncio
import sqlite3
import stat
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.agenda.occurrence import Slot
from bot.chats.address import ROOM, Address
from bot.chats.key_file import make_key
from bot.chats.sealing import open_seal
from bot.database import HEAD, Database, revision
from bot.operating.backup import BackupError, back_up
from bot.operating.past import Restored, make_ready
from bot.operating.restoring import copy_of, fitting_seal, replace
from bot.outbox.holds import hold, read_holds
from bot.outbox.sightings import write_sightings
from bot.outbox.steady_clock import ClockError
from bot.outbox.tables import sender
from bot.outbox.transport import Fate
from tests.app.process import running
from tests.app.scene import address_of, remembered_today, states_in, subscribe
from tests.cli.vigil import vigil
from tests.databases import empty, opened, sqlite_url
from tests.outbox.stage import DAY, NOON, FakeEdition, Stage, channel, failing, private
from tests.telegram import TelegramServer

READER, CHANNEL, LATER = private(), channel(1), channel(2)


@pytest.fixture(params=["sqlite", "postgresql"])
async def other(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database to be restored into."""
    if request.param == "sqlite":
        async with opened(sqlite_url(tmp_path / "other")) as database:
            yield database
        return
    async with opened(request.getfixturevalue("postgresql_url")) as database:
        await empty(database)
        yield database


async def restore(database: Database, file: Path, stage: Stage, *, over: bool = False) -> Restored:
    """What `vigil restore` does, at the stage's hour and with its calendar."""
    async with copy_of(file, file.parent / "home") as copy:
        restored = await make_ready(copy, stage.seal, stage.edition, stage.clock())
        await replace(database, copy, over=over)
    return restored


@asynccontextmanager
async def backed_up(folder: Path) -> AsyncIterator[tuple[Stage, Path]]:
    """A bot that posts at nine in Minsk, eight in the morning, and a backup of that moment."""
    async with opened(sqlite_url(folder / "first")) as database:
        stage = Stage(database)
        stage.clock.advance(hours=-7)
        await stage.subscribe(READER, CHANNEL, days_ago=0)
        await stage.subscribe(LATER, days_ago=0, at=time(21))
        await stage.run()
        file = folder / "backup"
        await back_up(database, file, with_readers=True)
        yield stage, file
        await stage.stop()


async def test_what_was_sent_since_the_backup_is_not_sent_again_and_what_is_to_come_is(
    other: Database, tmp_path: Path
) -> None:
    async with backed_up(tmp_path) as (first, file):
        first.clock.advance(hours=7)
        await first.run()
        assert len(first.transport.texts()) == 2

        stage = Stage(other)
        stage.clock.advance_to(NOON + timedelta(hours=1))
        restored = await restore(other, file, stage)
        await stage.run()

        assert restored == Restored(chats=3, missed=Counter({DAY: 2}), uncertain=0, corrections=0)
        assert stage.transport.texts() == []
        assert await stage.states() == ["missed", "missed"]
        stage.clock.advance(hours=6)
        await stage.run()
        assert stage.transport.texts() == [f"day of {DAY}"]
        stage.clock.advance(hours=12)
        await stage.run()
        assert len(stage.transport.texts()) == 3
        await stage.stop()


async def test_not_even_what_comes_to_be_said_today_besides(other: Database, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (_, file):
        stage = Stage(other)
        await restore(other, file, stage)
        stage.edition = FakeEdition("2", heard=lambda wishes, on: frozenset({Slot.DAY, Slot.MEMORIAL}))
        await stage.run()

        assert stage.transport.texts() == []
        stage.clock.advance(hours=24)
        await stage.run()
        assert len(stage.transport.texts(READER)) == 2
        await stage.stop()


async def test_days_between_are_missed_and_counted(other: Database, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (_, file):
        stage = Stage(other)
        stage.clock.advance(days=2)
        restored = await restore(other, file, stage)

        assert restored.missed == {DAY: 3, DAY + timedelta(days=1): 3, DAY + timedelta(days=2): 2}
        await stage.run()
        assert (stage.transport.texts(), stage.notices) == ([], [])
        await stage.stop()


async def test_what_was_on_its_way_is_neither_looked_for_nor_sent_again(other: Database, tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path / "first")) as database:
        first = Stage(database)
        await first.subscribe(READER, CHANNEL)
        for address in (READER, CHANNEL):
            # The first message to a channel is the probe.
            probe = [None] if address == CHANNEL else []
            first.transport.script[address.chat] = [*probe, failing(Fate.UNCERTAIN)]
        first.transport.found[CHANNEL.chat] = failing(Fate.PASSING)
        await first.run()
        await back_up(database, tmp_path / "backup", with_readers=True)
        await first.stop()

    stage = Stage(other)
    restored = await restore(other, tmp_path / "backup", stage)
    await stage.run()

    assert restored.uncertain == 2
    assert (stage.transport.texts(), stage.transport.looked) == ([], [])
    assert await stage.states() == ["uncertain", "uncertain"]
    await stage.stop()


async def test_a_clock_before_the_backup_restores_nothing(sqlite: Database, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (first, _):
        first.clock.advance(days=1)
        await first.run()
        await back_up(first.database, tmp_path / "newer", with_readers=True)
        stage = Stage(sqlite)

        with pytest.raises(ClockError):
            await restore(sqlite, tmp_path / "newer", stage)
        assert await stage.chats.listing() == []
        await stage.stop()


async def test_everything_comes_back_and_new_rows_are_numbered_behind(other: Database, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (first, file):
        chats = await first.chats.listing()
        await first.chats.follow(chats[0].id, "jane-doe")
        await first.database.transact(lambda connection: write_sightings(connection, {chats[1].id: 7000}))
        (tmp_path / "backup").unlink()
        await back_up(first.database, file, with_readers=True)
        stage = Stage(other)
        await restore(other, file, stage)

        assert [chat.address for chat in await stage.chats.listing()] == [READER, CHANNEL, LATER]
        assert await stage.chats.following(chats[0].id, ["jane-doe"]) == {"jane-doe"}
        new = await stage.subscribe(channel(9))
        assert new.id == 4
        await stage.stop()


async def test_a_database_with_chats_is_replaced_only_when_asked_for_and_keeps_its_silence(
    other: Database, tmp_path: Path
) -> None:
    async with backed_up(tmp_path) as (_, file):
        stage = Stage(other)
        await stage.subscribe(channel(9))
        await hold(other, "person", "ihar-lednik")
        await stage.run()
        await stage.stop()
        async with other.read() as connection:
            epoch = await connection.scalar(select(sender.c.epoch))

        with pytest.raises(BackupError, match="holds 1 chats, 0 of them private"):
            await restore(other, file, stage)
        assert [chat.address for chat in await stage.chats.listing()] == [channel(9)]

        await restore(other, file, stage, over=True)
        assert [chat.address for chat in await stage.chats.listing()] == [READER, CHANNEL, LATER]
        assert (await read_holds(other)).people == {"ihar-lednik"}
        async with other.read() as connection:
            assert await connection.scalar(select(sender.c.epoch)) == epoch


async def test_a_room_that_nobody_uses_is_no_hindrance(sqlite: Database, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (_, file):
        stage = Stage(sqlite)
        await stage.subscribe(Address(ROOM, "room"))
        await restore(sqlite, file, stage)
        assert len(await stage.chats.listing()) == 3
        await stage.stop()


async def test_an_older_backup_is_brought_up_to_date_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "older"
    await asyncio.to_thread(_first_tables, file)
    before = file.read_bytes()

    async with copy_of(file, tmp_path / "home") as copy:
        assert await revision(copy) == HEAD
        async with copy.read() as connection:
            assert await connection.scalar(text("SELECT zone FROM schedules")) == "Europe/Minsk"

    assert file.read_bytes() == before
    assert list((tmp_path / "home").iterdir()) == []
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"a letter", "no backup of Vigil's"),
        (b"", "no backup of Vigil's"),
        (b"SQLite format 3\0" + bytes(5000), "damaged"),
        (None, "No such file"),
    ],
)
async def test_what_is_no_backup_is_named(tmp_path: Path, content: bytes | None, named: str) -> None:
    file = tmp_path / "backup"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BackupError, match=named):
        async with copy_of(file, tmp_path / "home"):
            pass


async def test_a_backup_of_a_newer_program_is_named(tmp_path: Path) -> None:
    async with backed_up(tmp_path) as (_, file):
        connection = sqlite3.connect(file)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()

        with pytest.raises(BackupError, match="revision 9999"):
            async with copy_of(file, tmp_path / "home"):
                pass


def test_the_whole_way_back(tmp_path: Path) -> None:
    home, records, file = tmp_path / "home", remembered_today(tmp_path), tmp_path / "backup"
    with TelegramServer() as server:
        posted = server.people.add_channel("Memory")
        subscribe(home, address_of(posted))
        assert vigil(home, "backup", str(file), given="", **records).status == 0
        with running(home, server, **records) as process:
            server.wait(lambda: [m for m in server.sent if m.photo is not None], 20)
            refused = vigil(home, "restore", str(file), "--replace", given="", **records)
            assert process.stop()[0] == 0
        assert (refused.status, "another vigil run" in refused.err) == (1, True)

        lost = tmp_path / "lost"
        home.rename(lost)
        home.mkdir(mode=0o700)
        (home / "vigil.key").write_bytes((lost / "vigil.key").read_bytes())
        (home / "vigil.key").chmod(0o600)
        back = vigil(home, "restore", str(file), given="", **records)
        assert (back.status, back.err) == (0, "")
        assert "Counted as missed" in back.out
        with running(home, server, **records) as process:
            assert process.stop()[0] == 0

        assert len([m for m in server.sent if m.photo is not None]) == 1
    assert states_in(home) == ["missed"]


async def test_the_key_must_be_the_one_it_was_made_with(sqlite: Database, tmp_path: Path) -> None:
    key, file = tmp_path / "vigil.key", tmp_path / "backup"
    await open_seal(sqlite, key)
    await back_up(sqlite, file, with_readers=True)
    make_key(tmp_path / "other.key")

    async with copy_of(file, tmp_path / "home") as copy:
        assert await fitting_seal(copy, key, file)
        for other, named in ((tmp_path / "other.key", "does not fit"), (tmp_path / "none.key", "no key file there")):
            with pytest.raises(BackupError, match=f"{named}.*belongs to backup"):
                await fitting_seal(copy, other, file)
    assert not (tmp_path / "none.key").exists()


def _first_tables(file: Path) -> None:
    """A database as the first migration left it, with one schedule."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "bot/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO schedules (zone, at, topics, leads, facts) VALUES ('Europe/Minsk', 540, '', '', 'weekly')"
            )
        )
    engine.dispose()
