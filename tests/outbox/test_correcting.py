"""Posts that were sent are edited when what they stated falls: which, where and once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.outbox.correcting_rows import due_rows
from bot.outbox.correcting_watch import keep_read_last
from bot.outbox.erasing import erase
from bot.outbox.notices import Corrected, ToCorrect
from bot.outbox.tables import contents, corrections, replacements
from bot.outbox.transport import Fate
from bot.posts.post import Picture, Post
from tests.outbox.correcting import (
    BETTER,
    RIGHT,
    WRONG,
    Place,
    correct,
    edited,
    now_says,
    posted,
    restarted,
    rows,
    stand,
)
from tests.outbox.stage import Stage, channel, failing, private, some


async def test_messages_that_state_what_fell_are_edited_once(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, channel(), private())

    assert await correct(stage) == 2

    text = "Correction 2027-02-20: right"
    assert sorted(edited(stage)) == [(channel().chat, text), (private().chat, text)]
    assert await stand(stage) == [text, text]
    assert await rows(stage) == []
    assert stage.told(Corrected) == [Corrected(2, 0, {})]
    again = await stage.outbox.correct_all()
    assert again is not None
    assert again.corrections == ()


async def test_channels_come_first(stage: Stage) -> None:
    await posted(stage, *some(private, 3), channel())

    stage.transport.edit_script.update({a.chat: [failing(Fate.PASSING)] for a in (*some(private, 3), channel())})
    await correct(stage)

    later = stage.clock() + timedelta(hours=1)
    (first, *_) = await due_rows(stage.database, stage.seal, ["telegram"], 10, later)
    assert first.chat.address == channel()


async def test_what_stands_is_left_alone(stage: Stage) -> None:
    await posted(stage, channel())
    stage.edition.revision = "2"
    await restarted(stage)

    found = await stage.outbox.correct_all()

    assert found is not None
    assert (found.corrections, found.uncompared) == ((), 0)
    assert stage.transport.edits == []


async def test_what_nobody_would_see_is_left_alone(stage: Stage) -> None:
    await posted(stage, channel())
    now_says(stage, RIGHT)
    stage.edition.correction = lambda stated, corrected_on: None

    found = await stage.outbox.find_corrections()

    assert found.corrections == ()


@pytest.mark.parametrize(("records", "uncompared"), [(("x",), 1), ((), 0)])
async def test_what_was_not_kept_in_time_is_counted_unless_it_states_nothing(
    stage: Stage, records: tuple[str, ...], uncompared: int
) -> None:
    stage.edition.post = lambda view, slot, on: Post("text", records=records)
    await stage.subscribe(channel())
    await stage.run()
    now_says(stage, RIGHT)

    found = await stage.outbox.find_corrections()

    assert (found.corrections, found.uncompared) == ((), uncompared)


@pytest.mark.parametrize(
    ("place", "days", "reached"), [(private, 2, 1), (private, 3, 0), (channel, 300, 1), (channel, 367, 0)]
)
async def test_reach_is_a_year_in_channels_and_48_hours_elsewhere(
    stage: Stage, place: Place, days: int, reached: int
) -> None:
    await posted(stage, place(1))
    now_says(stage, RIGHT)
    stage.clock.advance(days=days)

    assert (await stage.outbox.find_corrections()).messages == reached


async def test_corrections_follow_one_another(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, channel())
    await correct(stage)
    stage.clock.advance(days=1)
    stage.edition.heard = lambda wishes, on: frozenset()

    await correct(stage, BETTER)

    assert await stand(stage) == ["Correction 2027-02-21: better"]


async def test_what_is_mended_back_before_it_was_done_is_given_up(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.PASSING, "connect")]
    await correct(stage)

    await correct(stage, WRONG)
    stage.clock.advance(seconds=60)
    await stage.run()

    assert len(stage.transport.edits) == 1
    assert await rows(stage) == []


CARD, OTHER = Picture(b"card", "a card"), Picture(b"other", "another card")


@pytest.mark.parametrize(("after", "ways"), [(CARD, {"text"}), (OTHER, {"upload", "all"}), (None, {"all"})])
async def test_a_picture_goes_with_its_text_where_it_changed(
    stage: Stage, after: Picture | None, ways: set[str]
) -> None:
    stage.transport.picture_ref = "ref"
    await posted(stage, *some(private, 3), picture=CARD)

    await correct(stage, RIGHT, after)

    found = [how for *_, how in stage.transport.edits]
    assert set(found) == ways
    assert found.count("upload") <= 1
    assert all((post.picture.png if post.picture else None) == (after.png if after else None) for _, _, post, _ in
               stage.transport.edits)  # fmt: skip


async def test_operators_are_told_once_of_what_is_to_be_corrected(stage: Stage) -> None:
    await posted(stage, channel(), private())
    assert stage.told(ToCorrect) == []
    now_says(stage, RIGHT)

    for _ in range(3):
        await restarted(stage)

    assert stage.told(ToCorrect) == [ToCorrect(1, 2)]
    assert stage.transport.edits == []


async def test_silence_that_begins_is_told_of_without_a_restart(stage: Stage) -> None:
    await posted(stage, channel())
    now_says(stage, RIGHT)
    stage.edition.revision = "1-held"

    await stage.run()

    assert stage.told(ToCorrect) == [ToCorrect(1, 1)]


async def test_an_older_calendar_corrects_nothing(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, channel())
    await correct(stage)
    stage.notices.clear()
    now_says(stage, WRONG)
    stage.edition.revision = "older-held"
    newer = replace(stage.edition, revision="newer")
    await keep_read_last(stage.database, newer)

    await stage.run()

    assert await stage.outbox.correct_all() is None
    assert len(stage.transport.edits) == 1
    assert stage.told(ToCorrect) == []


async def test_what_is_intended_is_kept_until_it_is_done(stage: Stage) -> None:
    await posted(stage, channel())
    stage.transport.edit_script[channel().chat] = [failing(Fate.PASSING, "connect")] * 50
    await correct(stage)

    await erase(stage.database, stage.clock() + timedelta(days=30))

    async with stage.database.read() as connection:
        assert len((await connection.execute(select(replacements))).all()) == 1
    await erase(stage.database, stage.clock() + timedelta(days=400))
    async with stage.database.read() as connection:
        left = [(await connection.execute(select(table))).all() for table in (contents, replacements, corrections)]
    assert left == [[], [], []]
