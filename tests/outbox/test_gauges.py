"""Measuring the outbox: what is counted is what stands in the tables, and what was done."""

from datetime import timedelta

from sqlalchemy import update

from bot.outbox.gauges import read_queue
from bot.outbox.tables import deliveries
from bot.outbox.transport import Fate
from bot.outbox.verdict import State
from tests.outbox.stage import Stage, channel, failing, private, some


async def test_nothing_waits_where_nothing_is_due(on_either: Stage) -> None:
    queue = await read_queue(on_either.database, on_either.clock())

    assert (queue.pending.total(), queue.oldest_due_at) == (0, None)


async def test_what_waits_is_counted_by_state_and_the_oldest_known(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(*some(private, 3))
    await stage.subscribe(channel(), zone="Asia/Tokyo")
    await stage.tick()
    six = stage.clock().replace(hour=6)
    async with stage.database.write() as connection:
        first = deliveries.c.chat == 1
        await connection.execute(update(deliveries).where(first).values(state=State.UNCERTAIN))

    queue = await read_queue(stage.database, stage.clock())

    assert queue.pending == {("telegram", "due"): 3, ("telegram", "uncertain"): 1}
    assert queue.in_state(State.UNCERTAIN) == 1
    # Nine in Tokyo is midnight in UTC, six hours before nine in Minsk.
    assert queue.oldest_due_at == six - timedelta(hours=6)


async def test_who_is_put_off_does_not_hide_who_waits_behind(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    await stage.tick()
    async with stage.database.write() as connection:
        first = deliveries.c.chat == 1
        later = stage.clock() + timedelta(minutes=1)
        await connection.execute(update(deliveries).where(first).values(next_at=later))

    queue = await read_queue(stage.database, stage.clock())

    assert queue.oldest_due_at == stage.clock().replace(hour=6)


async def test_what_becomes_of_requests_and_deliveries_is_counted(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    stage.transport.script[private(1).chat] = [failing(Fate.CHAT_GONE)]
    stage.transport.script[private(2).chat] = [failing(Fate.POST_BAD)]
    await stage.run()
    counts = stage.outbox.counts

    assert counts.sends == {("telegram", "sent"): 1, ("telegram", "chat_gone"): 1, ("telegram", "post_bad"): 1}
    assert counts.settled == {State.SENT: 1, State.FAILED: 2}
    assert sum(counts.planning) == 2
    stage.clock.advance(days=3)
    await stage.tick()
    assert counts.settled[State.MISSED] == len([state for state in await stage.states() if state == "missed"])
    assert counts.settled[State.MISSED] > 0
