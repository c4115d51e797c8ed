"""Messages that are not to stay are deleted in time, across restarts, and nothing stays known of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.outbox.deletions import DISCREET_POSTS_STAY, Deletions
from bot.outbox.tables import deletions as table
from bot.outbox.tables import deliveries
from bot.outbox.transport import Fate, TransportError
from tests.outbox.stage import Stage, private

HOUR = timedelta(hours=1)


async def left(stage: Stage) -> list[int]:
    async with stage.database.read() as connection:
        return list(await connection.scalars(select(table.c.message_id).order_by(table.c.message_id)))


def deletions(stage: Stage) -> Deletions:
    return Deletions(stage.database, stage.chats, [stage.transport])


async def test_they_go_when_their_time_has_come_and_not_before(stage: Stage) -> None:
    await stage.subscribe(private())
    now = stage.clock()
    await deletions(stage).later(private(), [7, 8], now + HOUR)

    assert await deletions(stage).delete_due(now + HOUR / 2, is_sender=True) == 0
    # Another Deletions: as after a restart.
    assert await deletions(stage).delete_due(now + HOUR, is_sender=True) == 2

    assert stage.transport.deleted == [(private(), 7), (private(), 8)]
    assert await left(stage) == []


async def test_a_standby_leaves_them_to_the_sender(stage: Stage) -> None:
    await stage.subscribe(private())
    now = stage.clock()
    await deletions(stage).later(private(), [7], now)

    assert await deletions(stage).delete_due(now, is_sender=False) == 0
    assert await left(stage) == [7]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("hours", [(1, 2), (2, 1)])
async def test_of_two_times_for_one_message_the_earlier_holds(
    on_either: Stage, hours: tuple[int, int], *, known: bool
) -> None:
    stage = on_either
    if known:
        await stage.subscribe(private())
    now = stage.clock()
    remembering = deletions(stage)
    for hour in hours:
        await remembering.later(private(), [7, 7], now + hour * HOUR)

    assert await remembering.delete_due(now + HOUR, is_sender=True) == 1
    assert await remembering.delete_due(now + 2 * HOUR, is_sender=True) == 0

    assert stage.transport.deleted == [(private(), 7)]


async def test_of_a_chat_nothing_is_kept_of_nothing_is_written_down(stage: Stage) -> None:
    remembering = deletions(stage)
    now = stage.clock()
    await remembering.later(private(), [7], now)

    assert await left(stage) == []
    assert await remembering.delete_due(now, is_sender=False) == 1
    assert stage.transport.deleted == [(private(), 7)]


@pytest.mark.parametrize("fate", [Fate.PASSING, Fate.UNCERTAIN])
async def test_what_fails_in_passing_is_tried_again_while_a_bot_may(stage: Stage, fate: Fate) -> None:
    await stage.subscribe(private())
    now = stage.clock()
    await deletions(stage).later(private(), [7], now)
    stage.transport.deleting = TransportError(fate, "http_502")

    assert await deletions(stage).delete_due(now, is_sender=True) == 0
    assert await left(stage) == [7]
    await deletions(stage).delete_due(now + 49 * HOUR, is_sender=True)

    assert await left(stage) == []


async def test_what_cannot_be_deleted_any_more_is_given_up(stage: Stage) -> None:
    await stage.subscribe(private())
    await deletions(stage).later(private(), [7], stage.clock())
    stage.transport.deleting = TransportError(Fate.POST_BAD, "message_can_t_be_deleted")

    await deletions(stage).delete_due(stage.clock(), is_sender=True)

    assert await left(stage) == []


async def test_posts_of_discreet_chats_go_before_a_bot_may_no_longer(stage: Stage) -> None:
    await stage.subscribe(private(1), discreet=True)
    await stage.subscribe(private(2))
    await stage.tick()
    await stage.run()
    assert len(stage.transport.sent) == 2

    gone = await deletions(stage).delete_due(stage.clock() + DISCREET_POSTS_STAY, is_sender=True)

    assert gone == 1
    assert [address for address, _ in stage.transport.deleted] == [private(1)]
    async with stage.database.read() as connection:
        known = await connection.scalars(select(deliveries.c.message_id).order_by(deliveries.c.chat))
        assert [message_id is None for message_id in known] == [True, False]


async def test_forgetting_a_chat_deletes_them_at_once(stage: Stage) -> None:
    await stage.subscribe(private())
    await deletions(stage).later(private(), [7], stage.clock() + HOUR)

    await stage.outbox.forget(private(), stage.clock())

    assert await left(stage) == []
    assert (private(), 7) in stage.transport.deleted
