"""Posts that were sent are edited when what they stated falls; each once, whatever happens meanwhile."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.agenda.occurrence import Slot
from bot.chats.address import Address, ChatKind
from bot.outbox.correcting_rows import Step, Unreached, due_rows, unreached
from bot.outbox.correcting_watch import keep_read_last
from bot.outbox.edition import ChatView
from bot.outbox.erasing import erase
from bot.outbox.notices import Corrected, Stopped, ToCorrect
from bot.outbox.tables import contents, corrections, deliveries, replacements
from bot.outbox.transport import MESSAGE_MISSING, NOT_EDITABLE, Fate, Mend
from bot.posts.post import Button, Picture, Post
from bot.posts.stated import Claimed, Stated
from tests.outbox.stage import Stage, channel, failing, private, some

BUTTONS = ((Button("Why", "/why x"),),)
WRONG, RIGHT, BETTER = "wrong", "right", "better"
Place = Callable[[int], Address]


def says(body: str, picture: Picture | None = None) -> Callable[[ChatView, Slot, date], Post]:
    def post(view: ChatView, slot: Slot, on: date) -> Post:
        name = picture.alt if picture else None
        stated = Stated(view.language, on, on, slot, (Claimed("event:x", ("1",)),), body=body, picture=name)
        return Post(f"{body} of {on}", BUTTONS, picture, ("x",), stated)

    return post


def now_says(stage: Stage, body: str, picture: Picture | None = None) -> None:
    """The calendar says something else from now on, after a restart."""

    def correction(stated: Stated, corrected_on: date) -> Post:
        name = picture.alt if picture else None
        return Post(
            f"Correction {corrected_on}: {body}", BUTTONS, picture, ("x",), replace(stated, body=body, picture=name)
        )

    edition = stage.edition
    edition.revision = body
    edition.post = says(body, picture)
    edition.fallen = lambda stated: stated.body != body
    edition.correction = correction


async def restarted(stage: Stage) -> None:
    await stage.crash()
    await stage.run()


async def posted(stage: Stage, *addresses: Address, picture: Picture | None = None) -> None:
    stage.edition.post = says(WRONG, picture)
    await stage.subscribe(*addresses)
    await stage.run()


async def correct(stage: Stage, body: str = RIGHT, picture: Picture | None = None) -> int:
    """The calendar is mended, the bot restarted, and all is corrected: so many messages."""
    now_says(stage, body, picture)
    await restarted(stage)
    found = await stage.outbox.correct_all()
    assert found is not None
    await stage.run()
    return found.messages


async def rows(stage: Stage) -> list[tuple[str, str | None]]:
    async with stage.database.read() as connection:
        query = select(corrections.c.state, corrections.c.reason).order_by(corrections.c.delivery)
        return [tuple(row) for row in (await connection.execute(query)).all()]


async def stand(stage: Stage) -> list[str | None]:
    """What each delivery is known to say, in the order of chats."""
    async with stage.database.read() as connection:
        joined = deliveries.outerjoin(contents, contents.c.id == deliveries.c.content)
        query = select(contents.c.html).select_from(joined).order_by(deliveries.c.day, deliveries.c.chat)
        return list(await connection.scalars(query))


async def not_reached(stage: Stage) -> list[Unreached]:
    async with stage.database.read() as connection:
        ids = list(await connection.scalars(select(contents.c.id)))
    return await unreached(stage.database, stage.seal, ids)


def edited(stage: Stage) -> list[tuple[str, str]]:
    return [(address.chat, post.html) for address, _, post, _ in stage.transport.edits]


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


async def test_a_group_that_moves_meanwhile_is_listed(stage: Stage) -> None:
    group = Address("telegram", "-77", kind=ChatKind.GROUP)
    await posted(stage, group)
    moved = failing(Fate.MIGRATED, "upgraded", migrate_to="-1001000000077")
    stage.transport.edit_script[group.chat] = [moved]

    await correct(stage)

    assert [(one.reason, one.chat.kind) for one in await not_reached(stage)] == [("upgraded", ChatKind.SUPERGROUP)]


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
