"""The seal and its key file."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.key_file import KeyFileError, key_warnings, make_key, read_key
from bot.chats.sealing import Seal, open_seal
from bot.database import Database

KEY = bytes(range(32))
OTHER = bytes(32)


@given(st.integers(-(2**52), 2**52).map(str))
def test_what_is_sealed_opens_again(chat: str) -> None:
    seal = Seal(KEY)

    assert seal.open("telegram", seal.seal("telegram", chat)) == chat


def test_every_id_is_sealed_at_one_length_and_alike_each_time() -> None:
    seal = Seal(KEY)

    assert len(seal.seal("telegram", "1")) == len(seal.seal("telegram", "-1001234567890123"))
    assert seal.seal("telegram", "1") == Seal(KEY).seal("telegram", "1")


def test_the_transport_belongs_to_the_seal() -> None:
    seal = Seal(KEY)

    with pytest.raises(KeyFileError):
        seal.open("room", seal.seal("telegram", "1"))


def test_another_key_opens_nothing_and_hashes_otherwise() -> None:
    with pytest.raises(KeyFileError):
        Seal(OTHER).open("telegram", Seal(KEY).seal("telegram", "1"))
    assert Seal(OTHER).follow_hash("jane-doe") != Seal(KEY).follow_hash("jane-doe")


def test_a_key_file_is_made_for_its_owner_alone_and_never_again(tmp_path: Path) -> None:
    path = tmp_path / "home" / "vigil.key"

    key = make_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert make_key(path) == key == read_key(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"not base64 \xff", b"c2hvcnQ=", b"\0" * 44])
def test_a_file_that_is_no_key_is_named_in_the_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vigil.key"
    path.write_bytes(content)

    with pytest.raises(KeyFileError, match=r"vigil\.key"):
        read_key(path)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "vigil.key"
    make(path)

    with pytest.raises(KeyFileError, match="found no file, expected one with a key"):
        read_key(path)


def test_of_a_large_file_no_more_is_read_than_a_key(tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    path.write_bytes(b"A" * 1_000_000)

    with pytest.raises(KeyFileError, match="found a key of 192 bytes, expected 32; put the copy"):
        read_key(path)


async def test_a_database_opens_with_the_key_it_was_sealed_with(sqlite: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    sealed = (await open_seal(sqlite, path)).seal("telegram", "1")

    assert (await open_seal(sqlite, path)).open("telegram", sealed) == "1"


async def test_a_wrong_key_is_told_before_anything_is_read(sqlite: Database, tmp_path: Path) -> None:
    await open_seal(sqlite, tmp_path / "vigil.key")

    with pytest.raises(KeyFileError, match="another key"):
        make_key(tmp_path / "other.key")
        await open_seal(sqlite, tmp_path / "other.key")


async def test_a_lost_key_is_never_replaced_by_a_new_one(sqlite: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    await open_seal(sqlite, path)
    path.unlink()

    with pytest.raises(KeyFileError, match="no key file there"):
        await open_seal(sqlite, path)
    assert not path.exists()


async def test_two_that_begin_at_once_agree_on_one_key(sqlite: Database, tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"

    one, other = await asyncio.gather(open_seal(sqlite, path), open_seal(sqlite, path))

    assert one.check == other.check


def test_what_weakens_the_seal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "vigil.key"
    make_key(path)
    assert key_warnings(path, tmp_path / "elsewhere" / "vigil.sqlite") == []
    assert "beside the database" in key_warnings(path, tmp_path / "vigil.sqlite")[0]

    path.chmod(0o644)

    assert "can read the key" in key_warnings(path, None)[0]
