"""What operators are shown before sent posts are corrected, and what they can order."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.app.operators.actions import Actions, Told
from bot.app.operators.corrections import CORRECT_NOW, CorrectionDuties
from bot.app.operators.wording import CORRECT
from bot.database import Database
from bot.outbox.correcting_watch import keep_read_last
from bot.outbox.edition import ChatView
from bot.outbox.holds import hold
from tests.outbox.correcting import RIGHT, WRONG, now_says, posted, restarted, says
from tests.outbox.stage import FakeEdition, Stage, channel, some


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    stage = Stage(database)
    yield stage
    await stage.stop()


async def ordered(stage: Stage, name: str) -> Told:
    actions = Actions()
    CorrectionDuties(stage.outbox, stage.database).add_to(actions)
    action = actions.get(name)
    assert action is not None
    return await action.perform("", stage.clock())


async def mended(stage: Stage) -> None:
    now_says(stage, RIGHT)
    await restarted(stage)


async def test_both_texts_are_shown_before_a_button_corrects(stage: Stage) -> None:
    await posted(stage, *some(channel, 2))
    await mended(stage)

    told = await ordered(stage, CORRECT)

    assert "2027-02-20, day, be: 2 messages." in told.text
    assert "There stands: wrong of 2027-02-20\nThere is to stand: Correction 2027-02-20: right" in told.text
    ((first,), _) = told.offers
    assert (first.label, first.action) == ("Correct them in 2 messages", CORRECT_NOW)
    assert stage.transport.edits == []


async def test_the_button_corrects_and_a_second_one_finds_nothing_more(stage: Stage) -> None:
    await posted(stage, *some(channel, 2))
    await mended(stage)

    first = await ordered(stage, CORRECT_NOW)
    await stage.run()
    second = await ordered(stage, CORRECT_NOW)

    assert first.text == "To be corrected: 1 posts in 2 messages. What came of it follows here."
    assert len(stage.transport.edits) == 2
    assert second.text == (await ordered(stage, CORRECT)).text == "Nothing is to be corrected any more."


async def test_what_was_said_of_somebody_who_is_held_is_not_repeated(stage: Stage) -> None:
    await posted(stage, channel())
    await hold(stage.database, "event", "x")
    await mended(stage)

    told = await ordered(stage, CORRECT)

    assert WRONG not in told.text
    assert "somebody asked for silence" in told.text


async def test_a_message_shows_a_few_and_says_how_many_more(stage: Stage) -> None:
    def post(view: ChatView, slot: object, on: date) -> object:
        return says(f"{WRONG} in {view.language}" + " and longer" * 90)(view, slot, on)  # type: ignore[arg-type]

    stage.edition.post = post  # type: ignore[assignment]
    for number, language in enumerate(("be", "ru", "en", "uk", "pl"), 1):
        await stage.subscribe(channel(number), language=language)
    await stage.run()
    await mended(stage)

    told = await ordered(stage, CORRECT)

    assert "and 2 more." in told.text
    assert len(told.text) < 4096


async def test_a_bot_with_an_older_calendar_says_so_and_does_nothing(stage: Stage) -> None:
    await posted(stage, channel())
    await mended(stage)
    await keep_read_last(stage.database, FakeEdition(revision="newer"))

    assert "Restart the bot" in (await ordered(stage, CORRECT)).text
    assert "Restart the bot" in (await ordered(stage, CORRECT_NOW)).text
    await stage.run()
    assert stage.transport.edits == []
