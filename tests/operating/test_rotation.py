"""Changing the key: whatever happens on the way, one key opens the database, and in the end the new one alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.belonging import belongs_to, keep_bot
from bot.chats.chats import Chats
from bot.chats.key_file import KeyFileError, key_warnings, next_to, read_key, spent
from bot.chats.rotating import Sealed
from bot.chats.sealing import Seal, open_seal
from bot.chats.tables import metadata
from bot.database import Database
from bot.errors import VigilError
from bot.operating import rotation
from bot.operating.rotation import finish, rotate, to_be_sealed
from bot.outbox.single import AlreadyRunningError
from tests.app.process import running
from tests.cli.vigil import vigil
from tests.databases import opened
from tests.outbox.stage import NOON

READER = Address(TELEGRAM, "5550123457")
CHANNEL = Address(TELEGRAM, "-1001234567890", kind=ChatKind.CHANNEL)
PEOPLE = ("jane-doe", "john-doe")
KNOWN = "Europe/Minsk"


async def filled(database: Database, key_path: Path) -> Seal:
    """A database with two chats, one of which follows somebody the calendar knows and somebody it does not."""
    seal = await open_seal(database, key_path)
    chats = Chats(database, seal)
    reader = await chats.subscribe(READER, now=NOON, zone=KNOWN)
    await chats.subscribe(CHANNEL, now=NOON)
    for person in ("jane-doe", "long-gone"):
        await chats.follow(reader.id, person)
    await keep_bot(database, seal, "123456789")
    return seal


async def is_whole(database: Database, key_path: Path) -> bool:
    """Whether the database opens with the key that is there, and everything in it."""
    seal = await open_seal(database, key_path)
    chats = Chats(database, seal)
    reader = await chats.get(READER)
    assert reader is not None
    return (
        {chat.address for chat in await chats.listing()} == {READER, CHANNEL}
        and await chats.following(reader.id, PEOPLE) == {"jane-doe"}
        and await belongs_to(database, seal) == "123456789"
    )


async def test_everything_opens_with_the_new_key_and_nothing_with_the_old(either: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    old = await filled(either, path)
    before = read_key(path)
    assert await to_be_sealed(either, path, PEOPLE) == Sealed(chats=2, follows=2, lost=1)

    await rotate(either, path, PEOPLE)

    assert not await finish(either, path)
    assert read_key(path) != before
    assert await is_whole(either, path)
    with pytest.raises(KeyFileError):
        await Chats(either, old).listing()
    assert _key_files(tmp_path) == ["vigil.key"]
    assert path.stat().st_mode & 0o777 == 0o600


async def test_nothing_of_the_old_seal_is_left_in_the_file(sqlite: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    old = await filled(sqlite, path)
    traces = [old.seal(TELEGRAM, READER.chat), old.follow_hash("jane-doe"), old.check.encode()]
    assert all(trace in _bytes_of(sqlite) for trace in traces)

    await rotate(sqlite, path, PEOPLE)

    assert not [trace for trace in traces if trace in _bytes_of(sqlite)]


async def test_interrupted_while_it_seals_the_old_key_holds(either: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    await filled(either, path)
    before = read_key(path)

    def power_cut(chats: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await rotate(either, path, PEOPLE, progress=power_cut)

    assert read_key(path) == before
    assert await is_whole(either, path)
    assert "interrupted" in key_warnings(path, None)[0]
    assert not await finish(either, path)
    await rotate(either, path, PEOPLE)
    assert await is_whole(either, path)
    assert key_warnings(path, None) == []


def _nothing(path: Path) -> None:
    """Cut before the new key takes the old one's place."""


def _half(path: Path) -> None:
    """Cut when the old one is out of the way, and the new one not yet in place."""
    path.replace(spent(path))


def _most(path: Path) -> None:
    """Cut when the new one is in place, and the old one still there."""
    path.replace(spent(path))
    next_to(path).replace(path)


@pytest.mark.parametrize("cut", [_nothing, _half, _most])
async def test_interrupted_after_it_sealed_the_new_key_holds_and_the_next_run_finishes(
    either: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: Callable[[Path], None]
) -> None:
    path = tmp_path / "vigil.key"
    await filled(either, path)
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "take_next_key", cut)
        await rotate(either, path, PEOPLE)

    assert await is_whole(either, path)
    assert "interrupted" in key_warnings(path, None)[0]
    assert await finish(either, path)
    assert await is_whole(either, path)
    assert _key_files(tmp_path) == ["vigil.key"]


async def test_another_process_with_the_database_open_keeps_it_from_beginning(either: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    await filled(either, path)
    url = either.engine.url.render_as_string(hide_password=False)
    async with opened(url) as other:
        await other.ping()
        with pytest.raises(AlreadyRunningError):
            await rotate(either, path, PEOPLE)

    assert not next_to(path).exists()
    assert await is_whole(either, path)


async def test_an_unsealed_database_has_no_key_to_change(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(VigilError, match="no key to change"):
        await rotate(sqlite, tmp_path / "vigil.key", PEOPLE)


async def test_every_column_of_bytes_is_known_to_be_sealed_or_not() -> None:
    found = {f"{c.table.name}.{c.name}" for t in metadata.sorted_tables for c in t.columns if "BLOB" in str(c.type)}

    # What these two hold is sealed anew by bot.chats.rotating; a content's hash and a picture are of no key.
    assert found - {"contents.hash", "replacements.png"} == {"chats.sealed", "follows.person"}


def test_a_running_bot_keeps_its_key_and_afterwards_it_is_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(home) as process:
        before = (home / "vigil.key").read_bytes()
        refused = vigil(home, "rotate")
        assert (refused.status, refused.out) == (1, "")
        assert refused.err.splitlines()[-1].startswith("vigil: ")
        assert "another vigil run" in refused.err
        assert (home / "vigil.key").read_bytes() == before
        assert process.stop()[0] == 0

    done = vigil(home, "rotate")

    assert done.status == 0
    assert "delete them" in done.out
    assert (home / "vigil.key").read_bytes() != before


def test_follows_that_would_be_lost_are_told_and_kept_unless_agreed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert vigil(home, "chats", "add", "telegram:-1001234567890", "--topics", "person:ihar-losik").status == 0
    # A calendar that has not heard of him.
    calendar = tmp_path / "calendar"
    calendar.mkdir()
    without = {"calendar": calendar}

    refused = vigil(home, "rotate", given="", **without)
    assert refused.status == 1
    assert "1 follows are of people whom the calendar does not know" in refused.err


def _bytes_of(database: Database) -> bytes:
    path = database.path
    assert path is not None
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def _key_files(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if "key" in file.name]
