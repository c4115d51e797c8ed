"""Silence, kept in the database."""

import pytest

from bot.database import Database
from bot.outbox.holds import HoldError, Holds, hold, read_holds, unhold


async def test_what_is_held_is_read_by_kind(either: Database) -> None:
    assert await read_holds(either) == Holds()

    assert await hold(either, "person", "jane-doe")
    assert not await hold(either, "person", "jane-doe")
    await hold(either, "event", "rally-2020")
    await hold(either, "source", "report")

    held = Holds(frozenset({"jane-doe"}), frozenset({"rally-2020"}), frozenset({"report"}))
    assert await read_holds(either) == held


async def test_a_hold_ends_once(either: Database) -> None:
    await hold(either, "person", "jane-doe")

    assert await unhold(either, "person", "jane-doe")
    assert not await unhold(either, "person", "jane-doe")
    assert await read_holds(either) == Holds()


@pytest.mark.parametrize("record_id", ["", "Jane Doe", "../x", "a" + "\0"])
async def test_an_id_that_no_record_can_have_is_refused(sqlite: Database, record_id: str) -> None:
    with pytest.raises(HoldError):
        await hold(sqlite, "person", record_id)
