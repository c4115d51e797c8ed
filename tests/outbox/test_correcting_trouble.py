"""Corrections that fail, wait, are answered or killed: each message is corrected once, and who is not is listed."""

import asyncio

import pytest
from sqlalchemy import delete

from bot.chats.address import Address, ChatKind
from bot.outbox.correcting_rows import Step
from bot.outbox.notices import Corrected, Stopped
from bot.outbox.tables import replacements
from bot.outbox.transport import MESSAGE_MISSING, NOT_EDITABLE, Fate, Mend
from tests.outbox.correcting import (
    BETTER,
    RIGHT,
    correct,
    edited,
    not_reached,
    now_says,
    posted,
    restarted,
    rows,
    stand,
)
from tests.outbox.stage import Stage, channel, failing, private, some


async def test_a_kill_in_the_midst_leaves_nobody_with_another_text(on_either: Stage) -> None:
    stage = on_either
    readers = [*some(private, 140)]
    await posted(stage, *readers)
    halfway = asyncio.Event()

    async def after_edit() -> None:
        if len(stage.transport.edits) >= 108:
            halfway.set()
            await asyncio.Event().wait()

    stage.transport.after_edit = after_edit
    now_says(stage, RIGHT)
    await restarted(stage)
    await stage.outbox.correct_all()
    async with asyncio.timeout(10):
        await halfway.wait()
    await stage.crash()
    stage.transport.after_edit = None
    stage.clock.advance(days=1)
    assert len(set(edited(stage))) < len(readers)

    await stage.run()

    text = "Correction 2027-02-20: right"
    assert set(edited(stage)) == {(reader.chat, text) for reader in readers}
    assert [html for html in await stand(stage) if html and html.startswith("Correction")] == [text] * len(readers)


async def test_a_second_order_goes_on_where_the_first_ended(stage: Stage) -> None:
    await posted(stage, channel(), private())
    stage.transport.edit_script[private().chat] = [failing(Fate.PASSING, "connect")] * 20
    await correct(stage)
    await stage.crash()
    stage.clock.advance(days=1)
    stage.transport.edit_script.clear()

    found = await stage.outbox.correct_all()
    await stage.run()

    assert found is not None
    assert found.messages == 1
    assert {text for _, text in edited(stage)} == {"Correction 2027-02-20: right"}


async def test_what_passes_is_tried_again(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.PASSING, "http_502")]
    await correct(stage)
    assert await rows(stage) == [("due", "http_502")]

    stage.clock.advance(seconds=2)
    await stage.run()

    assert len(stage.transport.edits) == 2
    assert await rows(stage) == []


async def test_a_429_holds_its_chat_over_a_restart(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.PASSING, "flood", retry_after_s=600)]
    await correct(stage)

    stage.clock.advance(seconds=590)
    await restarted(stage)
    assert len(stage.transport.edits) == 1
    stage.limiter._held.clear()  # its clock is the machine's
    stage.clock.advance(seconds=20)
    await stage.run()

    assert len(stage.transport.edits) == 2


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (failing(Fate.CHAT_GONE, "blocked"), (Step.FAILED, "blocked")),
        (failing(Fate.POST_BAD, "bad_request"), (Step.FAILED, "bad_request")),
        (failing(Fate.POST_BAD, MESSAGE_MISSING), (Step.GONE, MESSAGE_MISSING)),
    ],
)
async def test_who_cannot_be_reached_is_listed_and_not_paused(
    stage: Stage, error: Exception, step: tuple[Step, str]
) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [error]  # type: ignore[list-item]

    await correct(stage)

    (found,) = await not_reached(stage)
    chat = await stage.chats.get(private())
    assert (found.step, found.reason, found.chat.address) == (*step, private())
    assert chat is not None
    assert chat.state == "active"
    assert stage.told(Corrected) == [Corrected(0, 0, {step[1]: 1})]


async def test_a_message_taken_away_is_not_looked_for_again(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, MESSAGE_MISSING)]
    await correct(stage)

    assert await correct(stage, BETTER) == 0
    assert len(stage.transport.edits) == 1
    assert stage.transport.texts() == ["wrong of 2027-02-20"]


async def test_who_failed_is_tried_again_when_asked_to(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.CHAT_GONE, "blocked")]
    await correct(stage)

    await stage.outbox.correct_all()
    await stage.run()

    assert len(stage.transport.edits) == 2
    assert await rows(stage) == []


async def test_what_cannot_be_edited_is_answered_once(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, channel())
    stage.transport.edit_script[channel().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]

    await correct(stage)

    _, parcel = stage.transport.sent[-1]
    assert (parcel.post.html, parcel.answers) == ("Correction 2027-02-20: right", 1002)
    assert await rows(stage) == [("answered", None)]
    assert await stand(stage) == ["Correction 2027-02-20: right"]
    assert await correct(stage) == 0


async def test_an_answer_to_a_discreet_chat_says_nothing_at_a_glance(stage: Stage) -> None:
    await posted(stage, private())
    chat = await stage.chats.get(private())
    assert chat is not None
    await stage.chats.change(chat.id, now=stage.clock(), discreet=True)
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]

    await correct(stage)

    _, parcel = stage.transport.sent[-1]
    assert parcel.post.html.startswith("Выпраўленне, 20 лютага 2027")
    assert (parcel.silent, RIGHT in parcel.post.html, parcel.post.buttons) == (True, False, ())


async def test_a_later_correction_edits_the_answer(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]
    await correct(stage)
    answer_id = 1000 + len(stage.transport.sent)

    await correct(stage, BETTER)

    _, message_id, post, how = stage.transport.edits[-1]
    assert (message_id, post.html, how) == (answer_id, "Correction 2027-02-20: better", "text")
    assert await rows(stage) == [("answered", None)]


async def test_an_answer_is_among_the_messages_that_forgetting_deletes(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]
    await correct(stage)

    await stage.outbox.forget(private(), stage.clock())

    assert {message_id for _, message_id in stage.transport.deleted} == {1001, 1002}
    assert await rows(stage) == []


@pytest.mark.parametrize("fate", [Fate.UNCERTAIN, Fate.LOOK_FIRST])
async def test_an_answer_in_doubt_is_not_sent_again(stage: Stage, fate: Fate) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]
    stage.transport.script[private().chat] = [failing(fate, "read_timeout")]

    await correct(stage)
    await stage.outbox.correct_all()
    await stage.run()

    assert await rows(stage) == [("uncertain", "read_timeout")]
    assert len(stage.transport.edits) == 1


async def test_an_answer_that_surely_did_not_go_out_is_sent_again(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)] * 2
    stage.transport.script[private().chat] = [failing(Fate.PASSING, "connect")]
    await correct(stage)

    stage.clock.advance(seconds=2)
    await stage.run()

    assert await rows(stage) == [("answered", None)]


async def test_a_kill_while_answering_leaves_it_in_doubt(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)] * 2
    answering = asyncio.Event()

    async def before_answer(address: Address) -> None:
        answering.set()
        await asyncio.Event().wait()

    stage.transport.before_answer = before_answer
    now_says(stage, RIGHT)
    await restarted(stage)
    await stage.outbox.correct_all()
    async with asyncio.timeout(10):
        await answering.wait()
    await restarted(stage)

    assert await rows(stage) == [("uncertain", "crash")]
    assert len(stage.transport.edits) == 1


async def test_who_unsubscribed_has_the_message_edited_and_gets_no_new_one(stage: Stage) -> None:
    await posted(stage, private(1), private(2))
    for reader in (private(1), private(2)):
        await stage.chats.unsubscribe(reader)
    stage.transport.edit_script[private(2).chat] = [failing(Fate.POST_BAD, NOT_EDITABLE)]

    await correct(stage)

    assert len(stage.transport.sent) == 2
    assert await rows(stage) == [("failed", NOT_EDITABLE)]


async def test_a_paused_chat_is_listed_without_being_tried(stage: Stage) -> None:
    await posted(stage, private())
    chat = await stage.chats.get(private())
    assert chat is not None
    await stage.chats.pause(chat.id, "blocked")

    await correct(stage)

    assert stage.transport.edits == []
    assert [(one.step, one.reason) for one in await not_reached(stage)] == [(Step.FAILED, "paused")]


async def test_of_a_forgotten_chat_nothing_is_corrected(on_either: Stage) -> None:
    stage = on_either
    await posted(stage, private(1), private(2))
    stage.transport.edit_script[private(1).chat] = [failing(Fate.PASSING, "connect")]
    await correct(stage)

    await stage.outbox.forget(private(1), stage.clock())
    stage.clock.advance(seconds=60)
    await stage.run()

    assert [chat for chat, _ in edited(stage)].count(private(1).chat) == 1
    assert await rows(stage) == []


async def test_a_post_that_is_refused_is_mended_for_everyone(stage: Stage) -> None:
    await posted(stage, private(1), private(2))
    stage.transport.edit_script[private(1).chat] = [failing(Fate.POST_BAD, "bad_button", mend=Mend.NO_BUTTONS)]
    stage.transport.edit_script[private(2).chat] = [failing(Fate.POST_BAD, "bad_button", mend=Mend.NO_BUTTONS)]

    await correct(stage)

    last = {address.chat: post.buttons for address, _, post, _ in stage.transport.edits}
    assert last == {private(1).chat: (), private(2).chat: ()}


async def test_a_refused_token_stops_correcting_until_somebody_resumes(stage: Stage) -> None:
    await posted(stage, *some(private, 3))
    stage.transport.edit_script[private(1).chat] = [failing(Fate.STOP, "token_refused")]

    await correct(stage)
    tried = len(stage.transport.edits)
    stage.clock.advance(seconds=60)
    await stage.run()
    assert len(stage.transport.edits) == tried
    stage.outbox.resume()
    await stage.run()

    assert stage.told(Stopped) == [Stopped("telegram", "token_refused")]
    assert await rows(stage) == []


async def test_a_text_that_was_erased_meanwhile_is_listed(stage: Stage) -> None:
    await posted(stage, private())
    stage.transport.edit_script[private().chat] = [failing(Fate.PASSING, "connect")]
    await correct(stage)
    async with stage.database.write() as connection:
        await connection.execute(delete(replacements))
    await stage.crash()

    stage.clock.advance(seconds=60)
    await stage.run()

    assert await rows(stage) == [("failed", "erased")]


async def test_a_group_that_moves_meanwhile_is_listed(stage: Stage) -> None:
    group = Address("telegram", "-77", kind=ChatKind.GROUP)
    await posted(stage, group)
    moved = failing(Fate.MIGRATED, "upgraded", migrate_to="-1001000000077")
    stage.transport.edit_script[group.chat] = [moved]

    await correct(stage)

    assert [(one.reason, one.chat.kind) for one in await not_reached(stage)] == [("upgraded", ChatKind.SUPERGROUP)]
