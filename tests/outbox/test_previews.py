"""Posts of channels that are shown before their hour: each once, and what is decided is obeyed."""

import asyncio
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.agenda.occurrence import Slot
from bot.chats.channels import Channels
from bot.outbox.previews import Previewed, claim, decide, forget_previews, previewed_channels, skipped_in
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State
from tests.outbox.stage import DAY, NOON, Stage, channel, private

HOUR = NOON + timedelta(hours=1)


async def _shown(stage: Stage, number: int = 1) -> Previewed:
    """A post of a channel, an hour before it is due, as it was shown."""
    chat = await stage.subscribe(channel(number), days_ago=0.5, zone="UTC", at=time(13))
    what = Previewed(chat.id, DAY, Slot.DAY)
    assert await claim(stage.database, what, HOUR)
    return what


async def _skipped(stage: Stage, *channels: int) -> set[Previewed]:
    async with stage.database.read() as connection:
        return set(await skipped_in(connection, channels, [DAY]))


async def test_only_active_channels_with_somebody_who_wants_to_see_are_previewed(on_either: Stage) -> None:
    stage = on_either
    channels = Channels(stage.database, stage.seal)
    her = await stage.subscribe(private())
    wanted, unwanted, resting = [await stage.subscribe(channel(number)) for number in (1, 2, 3)]
    for chat, previews in ((wanted, True), (unwanted, False), (resting, True)):
        await channels.take_steward(chat.id, her.id, previews=previews)
    await stage.chats.pause(resting.id, "rights_lost")

    assert [chat.id for chat in await previewed_channels(stage.database, stage.seal)] == [wanted.id]


async def test_a_post_is_claimed_once(on_either: Stage) -> None:
    stage = on_either
    chat = await stage.subscribe(channel())
    what = Previewed(chat.id, DAY, Slot.DAY)

    claimed = await asyncio.gather(*(claim(stage.database, what, HOUR) for _ in range(5)))

    assert sorted(claimed) == [False] * 4 + [True]
    assert not await claim(stage.database, what, HOUR)
    assert await claim(stage.database, Previewed(chat.id, DAY, Slot.MEMORIAL), HOUR)


async def test_what_was_never_shown_cannot_be_decided(on_either: Stage) -> None:
    chat = await on_either.subscribe(channel())

    for skip in (True, False):
        assert await decide(on_either.database, Previewed(chat.id, DAY, Slot.DAY), skip=skip) == "unknown"


@pytest.mark.parametrize(
    ("choices", "state"),
    [
        ((), ("sent", None)),
        ((False,), ("sent", None)),
        ((True,), ("dropped", "skipped")),
        ((True, False), ("sent", None)),
        ((False, True), ("dropped", "skipped")),
    ],
)
async def test_the_last_decision_before_the_hour_is_obeyed(
    on_either: Stage, choices: tuple[bool, ...], state: tuple[str, str | None]
) -> None:
    stage = on_either
    what = await _shown(stage)
    told = [await decide(stage.database, what, skip=skip) for skip in choices]
    assert told == ["skipped" if skip else "wanted" for skip in choices]

    stage.clock.advance_to(HOUR)
    await stage.run()

    assert await stage.rows("state", "reason") == [state]


async def test_what_is_due_but_in_nobody_s_hand_is_skipped_at_once(on_either: Stage) -> None:
    stage = on_either
    what = await _shown(stage)
    stage.clock.advance_to(HOUR)
    await stage.tick()

    assert await decide(stage.database, what, skip=True) == "skipped"
    assert await stage.rows("state", "reason", "next_at") == [("dropped", "skipped", None)]
    assert await decide(stage.database, what, skip=True) == "skipped"
    assert await decide(stage.database, what, skip=False) == "late"


async def test_what_was_skipped_and_is_due_can_still_be_wanted(on_either: Stage) -> None:
    stage = on_either
    what = await _shown(stage)
    await decide(stage.database, what, skip=True)
    stage.clock.advance_to(HOUR)
    await stage.tick()

    assert await decide(stage.database, what, skip=False) == "wanted"
    await stage.run()

    assert await stage.states() == ["sent"]


@pytest.mark.parametrize("state", [State.LEASED, State.SENDING, State.SENT, State.UNCERTAIN, State.FAILED])
@pytest.mark.parametrize("skip", [True, False])
async def test_what_is_being_sent_is_too_late_to_decide(on_either: Stage, state: State, skip: bool) -> None:
    stage = on_either
    what = await _shown(stage)
    stage.clock.advance_to(HOUR)
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.execute(update(deliveries).values(state=state))

    assert await decide(stage.database, what, skip=skip) == "late"
    assert await stage.states() == [state]
    assert await _skipped(stage, what.channel) == set()


async def test_only_what_was_skipped_in_these_channels_on_these_days_counts(on_either: Stage) -> None:
    stage = on_either
    skipped, wanted, elsewhere = [await _shown(stage, number) for number in (1, 2, 3)]
    for what in (skipped, elsewhere):
        await decide(stage.database, what, skip=True)

    assert await _skipped(stage, skipped.channel, wanted.channel) == {skipped}
    assert await _skipped(stage) == set()
    async with stage.database.read() as connection:
        assert not await skipped_in(connection, [skipped.channel], [DAY + timedelta(days=1)])


async def test_a_decision_is_of_one_channel(on_either: Stage) -> None:
    stage = on_either
    skipped, _ = [await _shown(stage, number) for number in (1, 2)]
    await decide(stage.database, skipped, skip=True)
    stage.clock.advance_to(HOUR)

    await stage.run()

    assert stage.transport.texts() == stage.transport.texts(channel(2))
    assert len(stage.transport.texts()) == 1


async def test_what_was_shown_is_forgotten_three_days_after_its_hour(on_either: Stage) -> None:
    stage = on_either
    what = await _shown(stage)
    await forget_previews(stage.database, HOUR + timedelta(days=3))
    assert await decide(stage.database, what, skip=True) == "skipped"

    await forget_previews(stage.database, HOUR + timedelta(days=3, seconds=1))

    assert await decide(stage.database, what, skip=True) == "unknown"


async def test_a_forgotten_channel_leaves_nothing_of_what_was_shown(on_either: Stage) -> None:
    stage = on_either
    what = await _shown(stage)
    await decide(stage.database, what, skip=True)

    await stage.chats.forget(channel())

    assert await _skipped(stage, what.channel) == set()
    assert await decide(stage.database, what, skip=False) == "unknown"
