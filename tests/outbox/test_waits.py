"""What a 429 asked for is waited for by everything that is sent, and a restart does not forget it."""

import pytest
from sqlalchemy import func, select

from bot.outbox.limiter import Limiter
from bot.outbox.tables import waits
from bot.outbox.transport import Fate
from tests.outbox.stage import Stage, channel, failing, private


async def restarted(stage: Stage) -> None:
    """Another run, whose limiter knows nothing yet."""
    await stage.crash()
    stage.limiter = Limiter(None, clock=stage.clock.elapsed)
    stage.outbox = stage.new_outbox()
    await stage.outbox.begin()


@pytest.fixture
def watched(on_either: Stage) -> Stage:
    """A stage whose limiter goes by the clock that is moved by hand."""
    on_either.limiter = Limiter(None, clock=on_either.clock.elapsed)
    on_either.outbox = on_either.new_outbox()
    return on_either


async def test_what_an_answer_was_asked_to_wait_a_delivery_waits_too_after_a_restart(watched: Stage) -> None:
    await watched.subscribe(private(1))
    watched.limiter.hold(private(1), 600)
    await watched.outbox.waits(private(1), 600)

    await restarted(watched)
    await watched.run()
    assert 600 <= watched.limiter.wait_s(private(1)) <= 601
    assert watched.transport.texts() == []

    watched.clock.advance(seconds=602)
    await watched.run()
    assert len(watched.transport.texts()) == 1


async def test_what_a_delivery_was_asked_to_wait_an_answer_waits_too_after_a_restart(watched: Stage) -> None:
    await watched.subscribe(channel(1))
    watched.transport.script[channel(1).chat] = [failing(Fate.PASSING, "flood", retry_after_s=600)]
    await watched.run()

    await restarted(watched)

    assert watched.limiter.wait_s(channel(1)) == pytest.approx(600, abs=2)
    assert watched.limiter.wait_s(channel(2)) == 0


async def test_two_chats_holds_together_hold_all_and_stay_so_after_a_restart(watched: Stage) -> None:
    await watched.subscribe(private(1), private(2))
    for number in (1, 2):
        watched.limiter.hold(private(number), 60 * number)
        await watched.outbox.waits(private(number), 60 * number)

    await restarted(watched)

    assert watched.limiter.all_held_s == pytest.approx(60, abs=2)


async def test_holds_taken_up_again_at_one_moment_do_not_hold_all(watched: Stage) -> None:
    await watched.subscribe(private(1), private(2))
    for number in (1, 2):
        watched.limiter.hold(private(number), 600)
        await watched.outbox.waits(private(number), 600)
        watched.clock.advance(seconds=10)

    await restarted(watched)

    assert watched.limiter.all_held_s == 0
    assert watched.limiter.wait_s(private(2)) == pytest.approx(590, abs=2)


async def test_of_a_chat_that_is_not_known_nothing_is_written_down(watched: Stage) -> None:
    await watched.outbox.begin()
    watched.limiter.hold(private(9), 600)
    await watched.outbox.waits(private(9), 600)

    async with watched.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(waits)) == 0
