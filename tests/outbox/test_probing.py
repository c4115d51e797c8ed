"""The first id of a channel, and what learning it may leave there."""

import pytest
from sqlalchemy import select

from bot.outbox.tables import probes, sightings
from bot.outbox.transport import Fate
from tests.outbox.stage import DAY, Stage, channel, failing

HERE = channel()
LATE = (Fate.UNCERTAIN, Fate.LOOK_FIRST)


async def in_doubt(stage: Stage) -> list[tuple[int, int | None]]:
    """How many probes may stand in each channel, and below which id."""
    async with stage.database.read() as connection:
        rows = (await connection.execute(select(probes.c.number, probes.c.before_id))).all()
    return [(number, before_id) for number, before_id in rows]


async def test_a_probe_that_was_deleted_is_forgotten(on_either: Stage) -> None:
    await on_either.subscribe(HERE)

    await on_either.run()

    assert await in_doubt(on_either) == []
    assert on_either.transport.looked_back == []


async def test_a_probe_is_written_down_before_it_is_sent(stage: Stage) -> None:
    seen: list[tuple[int, int | None]] = []

    async def read(_: object) -> None:
        seen.extend(await in_doubt(stage))

    stage.transport.before_answer = read
    await stage.subscribe(HERE)

    await stage.run()

    assert seen == [(1, None)]


@pytest.mark.parametrize("fate", LATE)
async def test_a_probe_whose_answer_was_lost_is_looked_for_and_taken_away(on_either: Stage, fate: Fate) -> None:
    stage = on_either
    await stage.subscribe(HERE)
    stage.transport.script[HERE.chat] = [failing(fate, "lost")]
    stage.transport.left[HERE.chat] = [990]
    await stage.run()
    assert await in_doubt(stage) == [(1, None)]
    stage.clock.advance(seconds=2)

    await stage.run()

    assert stage.transport.looked_back == [(HERE, 1001, "…")]
    assert stage.transport.deleted == [(HERE, 1001), (HERE, 990)]
    assert await in_doubt(stage) == []
    assert stage.transport.texts() == [f"day of {DAY}"]


async def test_a_probe_that_a_crash_left_is_taken_away(stage: Stage) -> None:
    await stage.subscribe(HERE)
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.execute(probes.insert().values(chat=1, asked_at=stage.clock(), number=1))
    stage.transport.left[HERE.chat] = [990]

    await stage.crash()
    await stage.run()
    await stage.run()

    assert (HERE, 990) in stage.transport.deleted
    assert await in_doubt(stage) == []


async def test_a_probe_whose_id_was_written_down_is_deleted_without_being_looked_for(stage: Stage) -> None:
    await stage.subscribe(HERE)
    await stage.tick()
    async with stage.database.write() as connection:
        row = {"chat": 1, "asked_at": stage.clock(), "number": 0, "before_id": 990, "message_id": 990}
        await connection.execute(probes.insert().values(row))
        await connection.execute(sightings.insert().values(chat=1, message_id=990))

    await stage.crash()
    await stage.run()

    assert stage.transport.deleted == [(HERE, 990)]
    assert stage.transport.looked_back == []
    assert await in_doubt(stage) == []
    assert stage.transport.texts() == [f"day of {DAY}"]


async def test_a_probe_that_cannot_be_deleted_now_is_deleted_later(stage: Stage) -> None:
    await stage.subscribe(HERE)
    delete = stage.transport.delete

    async def in_vain(*_: object) -> None:
        raise failing(Fate.PASSING, "http_502")

    stage.transport.delete = in_vain  # type: ignore[method-assign, assignment]  # in place of the script
    await stage.run()
    assert await in_doubt(stage) == [(0, 1001)]
    stage.transport.delete = delete  # type: ignore[method-assign]  # as it was

    await stage.run()
    await stage.run()

    assert stage.transport.deleted == [(HERE, 1001)]
    assert await in_doubt(stage) == []


async def test_as_many_are_taken_away_as_may_stand_there(stage: Stage) -> None:
    await stage.subscribe(HERE)
    stage.transport.script[HERE.chat] = [failing(Fate.UNCERTAIN, "lost")] * 2
    stage.transport.left[HERE.chat] = [980, 990, 970]
    for _ in range(3):
        await stage.run()
        stage.clock.advance(seconds=4)
    await stage.run()

    assert stage.transport.deleted == [(HERE, 1001), (HERE, 990), (HERE, 980)]


async def test_a_probe_that_was_surely_not_sent_is_not_looked_for(stage: Stage) -> None:
    await stage.subscribe(HERE)
    stage.transport.script[HERE.chat] = [failing(Fate.PASSING, "flood", retry_after_s=60)]

    await stage.run()

    assert await in_doubt(stage) == []


async def test_where_nobody_can_look_it_is_left(stage: Stage) -> None:
    await stage.subscribe(HERE)
    stage.transport.script[HERE.chat] = [failing(Fate.UNCERTAIN, "lost")]
    stage.transport.left[HERE.chat] = failing(Fate.UNCERTAIN, "look_no_operators")
    await stage.run()
    stage.clock.advance(seconds=2)

    await stage.run()

    assert await in_doubt(stage) == []
    assert stage.transport.texts() == [f"day of {DAY}"]


async def test_what_cannot_be_looked_for_now_is_looked_for_later(stage: Stage) -> None:
    await stage.subscribe(HERE)
    stage.transport.script[HERE.chat] = [failing(Fate.UNCERTAIN, "lost")]
    stage.transport.left[HERE.chat] = failing(Fate.PASSING, "look_http_502")
    await stage.run()
    stage.clock.advance(seconds=2)
    await stage.run()
    assert await in_doubt(stage) == [(1, 1001)]
    stage.transport.left[HERE.chat] = [990]

    await stage.run()

    assert (HERE, 990) in stage.transport.deleted
