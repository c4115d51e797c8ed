"""Operators are warned when a queue cannot end before its chats' midnight: with the numbers, and once an hour."""

from datetime import datetime, time, timedelta

import pytest

from bot.outbox.limiter import Limiter
from bot.outbox.notices import Late
from bot.outbox.tables import deliveries, waits
from bot.outbox.windows import Rates
from tests.outbox.stage import DAY, NOON, Stage, channel, some

# At noon UTC nine hours of Minsk's day are left: 32 messages at one in a thousand seconds.
MIDNIGHT = datetime.combine(DAY, time(21), NOON.tzinfo)
IN_TIME, SLOW = 32, 0.001


@pytest.fixture
def slow(on_either: Stage) -> Stage:
    """A bot that sends one message in a thousand seconds."""
    on_either.limiter = Limiter(Rates(all_per_s=SLOW), clock=on_either.clock.elapsed)
    on_either.outbox = on_either.new_outbox()
    return on_either


async def test_it_is_told_at_planning_with_the_numbers(slow: Stage) -> None:
    await slow.subscribe(*some(channel, 50))

    await slow.tick()

    assert slow.told(Late) == [Late(50 - IN_TIME, MIDNIGHT, 50, SLOW, 0.0, 50_000.0)]


async def test_it_is_told_once_an_hour_for_as_long_as_it_is_so(slow: Stage) -> None:
    await slow.subscribe(*some(channel, 50))
    for _ in range(7):
        await slow.tick()
        slow.clock.advance(minutes=20)

    assert [late.deliveries for late in slow.told(Late)] == [18, 22, 25]


async def test_a_queue_that_ends_in_time_is_not_told(slow: Stage) -> None:
    await slow.subscribe(*some(channel, IN_TIME))

    await slow.tick()

    assert slow.told(Late) == []


async def test_a_hold_of_everything_shortens_the_time_that_is_left(slow: Stage) -> None:
    await slow.subscribe(*some(channel, IN_TIME))
    slow.limiter.hold_all(7200)

    await slow.tick()

    [late] = slow.told(Late)
    assert (late.deliveries, late.held_s, late.lasts_s) == (IN_TIME - 25, 7200, 7200 + 32_000)


async def test_a_chat_that_a_429_holds_past_its_midnight_comes_too_late(slow: Stage) -> None:
    await slow.subscribe(*some(channel, 3))
    async with slow.database.write() as connection:
        for chat, until in ((1, MIDNIGHT), (2, MIDNIGHT - timedelta(hours=1))):
            await connection.execute(waits.insert().values(transport="telegram", chat=chat, until=until))

    await slow.tick()

    [late] = slow.told(Late)
    assert (late.deliveries, late.waiting) == (1, 3)


async def test_the_first_midnight_is_the_one_told(slow: Stage) -> None:
    await slow.subscribe(*some(channel, 40))
    await slow.tick()
    async with slow.database.write() as connection:
        later = deliveries.update().where(deliveries.c.id > 20)
        await connection.execute(later.values(expires_at=MIDNIGHT + timedelta(hours=1)))
    slow.clock.advance(hours=1)

    await slow.tick()

    late = slow.told(Late)[-1]
    assert (late.deliveries, late.until) == (40 - IN_TIME, MIDNIGHT + timedelta(hours=1))
