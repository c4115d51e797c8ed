"""Other people's posts in channels."""

from bot.outbox.others import Others
from bot.outbox.transport import Fate
from tests.outbox.stage import Stage, channel, failing


def test_what_is_told_while_somebody_looks_is_seen() -> None:
    others = Others()
    posts = others.of(7)
    others.saw(7, 4001)

    assert 4001 in posts
    assert 4001 not in others.of(8)


def test_only_the_latest_are_kept() -> None:
    others = Others()
    for number in range(2_000):
        others.saw(7, number)
        others.saw(10_000 + number, 1)

    assert 0 not in others.of(7)
    assert 1999 in others.of(7)
    assert 1 not in others.of(10_000)


async def test_the_looker_is_told_of_them(stage: Stage) -> None:
    await stage.subscribe(channel())
    stage.transport.script[channel().chat] = [failing(Fate.UNCERTAIN, "connection_cut")]
    stage.transport.found[channel().chat] = 4003
    await stage.tick()
    await stage.outbox.saw(channel(), 4002)

    await stage.run()

    assert 4002 in stage.transport.others[-1]
