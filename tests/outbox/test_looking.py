"""Settling what is uncertain while other things go on and go wrong."""

import asyncio

from bot.chats.address import Address
from bot.outbox.limiter import WithdrawnError
from bot.outbox.transport import Fate
from tests.outbox.stage import Stage, channel, failing, some


async def test_what_stands_there_late_is_found_by_the_second_look(stage: Stage) -> None:
    await stage.subscribe(channel())
    stage.transport.script[channel().chat] = [None, failing(Fate.UNCERTAIN, "connection_cut")]
    await stage.run()
    stage.transport.found[channel().chat] = 1002
    stage.clock.advance(seconds=3)

    await stage.run()

    assert await stage.rows("state", "message_id") == [("sent", 1002)]


async def test_a_look_that_waits_keeps_no_other_waiting(stage: Stage) -> None:
    addresses = list(some(channel, 5))
    await stage.subscribe(*addresses)
    for address in addresses:
        stage.transport.script[address.chat] = [None, failing(Fate.UNCERTAIN, "connection_cut")]
    first = asyncio.Event()

    async def look(address: Address, *_: object, **__: object) -> int:
        if address == addresses[0]:
            await first.wait()
        return 1077

    stage.transport.look = look  # type: ignore[method-assign]  # in place of the script
    await stage.tick()
    running = asyncio.create_task(stage.outbox.run_workers())
    async with asyncio.timeout(5):
        while sorted(await stage.states()) != ["sent"] * 4 + ["uncertain"]:
            stage.outbox.wake()
            await asyncio.sleep(0.01)
    first.set()
    await stage.outbox.drained()

    assert await stage.states() == ["sent"] * 5
    await stage.outbox.stop()
    await running


async def test_a_hold_of_everything_ends_no_shift(stage: Stage) -> None:
    await stage.subscribe(channel())
    stage.transport.script[channel().chat] = [None, failing(Fate.UNCERTAIN, "connection_cut")]

    async def withdrawn(*_: object, **__: object) -> int | None:
        raise WithdrawnError("no turn soon")

    stage.transport.look = withdrawn  # type: ignore[method-assign]  # in place of the script
    await stage.run()
    [(state, epoch, next_at)] = await stage.rows("state", "epoch", "next_at")

    assert (state, epoch) == ("uncertain", 1)
    assert next_at > stage.clock()
