"""What a killed sender leaves of what was under way, and when it is believed."""

from collections.abc import Mapping
from pathlib import Path
from stat import S_IMODE

import pytest

from bot.database import Database
from bot.outbox.flights import Flights, Left, take_left
from bot.outbox.lease import Holding, SenderLease
from bot.outbox.recovery import recover
from tests.outbox.stage import NOON, Stage, private, some


async def under_way(database: Database, folder: Path) -> tuple[SenderLease, Flights]:
    """A sender with three requests: one landed, one answered, one not answered yet."""
    lease = SenderLease(database, exclusive=True)
    await lease.take()
    flights = Flights(folder, lease)
    for delivery in (1, 2, 3):
        flights.written(delivery)
    flights.arrived(1, 901)
    flights.landed([1])
    flights.arrived(2, 902)
    return lease, flights


def files(folder: Path) -> list[Path]:
    """What stands in a folder of any sender."""
    return list(folder.glob("flights.*"))


def killed(flights: Flights) -> None:
    """Let go of the files as the system does for a process that is gone."""
    flights.close()


async def test_the_next_holder_learns_what_was_written_and_what_was_answered(sqlite: Database, tmp_path: Path) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    killed(flights)

    left = take_left(tmp_path, lease.holding)

    assert left == Left(1, {1: 901, 2: 902, 3: None})
    assert files(tmp_path) == []


async def test_an_answer_to_an_earlier_request_of_that_number_is_none_to_a_later_one(
    sqlite: Database, tmp_path: Path
) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    # SQLite gives the number of the newest delivery again once that was erased: somebody else's, perhaps.
    flights.written(2)
    killed(flights)

    left = take_left(tmp_path, lease.holding)

    assert left == Left(1, {1: 901, 2: None, 3: None})


async def test_the_file_is_the_sender_s_alone(sqlite: Database, tmp_path: Path) -> None:
    await under_way(sqlite, tmp_path)

    [path] = files(tmp_path)
    assert S_IMODE(path.stat().st_mode) == 0o600


async def test_a_writer_that_still_lives_is_not_believed(sqlite: Database, tmp_path: Path) -> None:
    lease, _ = await under_way(sqlite, tmp_path)

    assert take_left(tmp_path, lease.holding) is None
    assert len(files(tmp_path)) == 1


async def test_another_s_file_is_not_believed_and_is_deleted(sqlite: Database, tmp_path: Path) -> None:
    _, flights = await under_way(sqlite, tmp_path)
    killed(flights)

    assert take_left(tmp_path, Holding(1, "0123456789abcdef")) is None
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(text.partition("\n")[0], "00000000-0000-0000-0000-000000000000"),
        lambda text: "",
        lambda text: text + "x\n",
    ],
    ids=["another start of the machine", "empty", "nonsense"],
)
async def test_a_file_that_may_have_gaps_is_not_believed(sqlite: Database, tmp_path: Path, spoil: object) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    killed(flights)
    [path] = files(tmp_path)
    assert callable(spoil)
    path.write_text(spoil(path.read_text()))

    assert take_left(tmp_path, lease.holding) is None


async def test_a_line_cut_short_is_taken_for_none(sqlite: Database, tmp_path: Path) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    killed(flights)
    [path] = files(tmp_path)
    path.write_text(path.read_text() + "3 90")

    assert take_left(tmp_path, lease.holding) == Left(1, {1: 901, 2: 902, 3: None})


async def test_nothing_under_way_leaves_no_file(sqlite: Database, tmp_path: Path) -> None:
    _, flights = await under_way(sqlite, tmp_path)
    flights.landed([2, 3])

    flights.close()

    assert files(tmp_path) == []


async def test_a_long_page_is_turned_once_nothing_is_under_way(sqlite: Database, tmp_path: Path) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    before = lease.holding
    for _ in range(20_000):
        flights.arrived(2, 902)
    await flights.turn_page()
    assert lease.holding == before
    flights.landed([2, 3])

    await flights.turn_page()
    flights.written(4)
    killed(flights)

    assert lease.holding != before
    assert take_left(tmp_path, lease.holding) == Left(1, {4: None})


async def test_an_older_copy_of_the_database_does_not_know_a_turned_page(sqlite: Database, tmp_path: Path) -> None:
    lease, flights = await under_way(sqlite, tmp_path)
    before = lease.holding
    for _ in range(20_000):
        flights.arrived(2, 902)
    flights.landed([2, 3])
    await flights.turn_page()
    killed(flights)

    assert take_left(tmp_path, before) is None


async def test_where_nothing_can_be_kept_it_goes_on_without(sqlite: Database, tmp_path: Path) -> None:
    lease, flights = await under_way(sqlite, tmp_path / "missing")
    flights.written(4)
    await flights.turn_page()
    flights.close()

    assert take_left(tmp_path / "missing", lease.holding) is None


@pytest.mark.parametrize(
    ("flights", "states"),
    [
        ({}, [("due", None), ("due", None), ("due", None)]),
        ({1: 901, 2: None}, [("sent", 901), ("uncertain", None), ("due", None)]),
    ],
)
async def test_only_what_was_written_and_not_answered_is_uncertain(
    on_either: Stage, flights: Mapping[int, int | None], states: list[tuple[str, int | None]]
) -> None:
    stage = on_either
    await stage.subscribe(*some(private, 3))
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.exec_driver_sql("UPDATE deliveries SET state = 'sending', epoch = 1, id = chat")

    assert await recover(stage.database, 2, NOON, Left(1, flights)) == sum(id_ is None for id_ in flights.values())

    assert await stage.rows("state", "message_id") == states


async def test_of_an_epoch_before_the_last_nothing_is_believed(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.exec_driver_sql("UPDATE deliveries SET state = 'sending', epoch = 1")

    await recover(stage.database, 3, NOON, Left(2, {}))

    assert await stage.states() == ["uncertain"]
