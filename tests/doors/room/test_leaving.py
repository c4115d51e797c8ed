"""What is not to stay goes from the room at its time: from its memory, from every open page."""

import asyncio
import gc
import re

import pytest
from playwright.async_api import expect

from bot.commands.commands import DISCREET_S
from bot.commands.follows import NAMES_GONE_S
from bot.commands.request import Reply, Request
from bot.doors.room.conversation import Entry, Said
from bot.doors.room.turns import Turns
from bot.errors import VigilError
from bot.posts.post import Button, Post
from tests.browser import PATIENCE_MS, OpenPage
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import ADDRESS, NOW, Rehearsal

pytestmark = pytest.mark.asyncio(loop_scope="session")

# `/names` of the rehearsal is answered with a name that stays so long.
NAME, STAYS_S = "Jane Doe", 60
# A page whose stream tells it nothing, as where the bot has ended.
DEAF = "window.EventSource = class extends EventTarget {}"


async def _after(rehearsal: Rehearsal, seconds: float) -> list[Entry]:
    """What is left of the conversation once something went, so many seconds later."""
    async with asyncio.timeout(30), rehearsal.conversation.changes() as changed:
        rehearsal.hourglass.advance(seconds)
        await changed.wait()
    return rehearsal.conversation.entries()


async def test_answers_go_at_their_time_with_what_they_answer_and_nothing_else() -> None:
    rehearsal = Rehearsal()
    conversation, transport = rehearsal.conversation, rehearsal.transport
    said = conversation.say("/today", "/today", now=NOW)
    await conversation.answer(said, [Post("stays")])
    said = conversation.say("/names", "/names", now=NOW)
    await conversation.answer(said, [Post("one"), Post("two")], gone_after_s=60)
    rehearsal.hourglass.advance(59.5)
    assert [entry.left_s for entry in conversation.entries()] == [None, None, 1, 1, 1]

    left = await _after(rehearsal, 0.5)

    assert [entry.post.html if entry.post else "" for entry in left] == ["", "stays"]
    assert [message.post for message in transport.messages(ADDRESS)] == [Post("stays")]
    assert "/names" not in repr(vars(conversation))


async def test_a_message_that_the_answer_took_the_place_of_goes_too() -> None:
    rehearsal = Rehearsal()
    number = await rehearsal.post(Post("before"))
    await rehearsal.conversation.answer(None, [Post("names")], replaces=number, gone_after_s=60)

    assert await _after(rehearsal, 60) == []


async def test_what_goes_in_a_minute_stays_no_longer_when_its_message_is_edited() -> None:
    rehearsal = Rehearsal()
    await rehearsal.conversation.answer(None, [Post("names")], gone_after_s=60)
    (message,) = rehearsal.transport.messages(ADDRESS)
    await rehearsal.conversation.answer(None, [Post("more")], replaces=message.id, gone_after_s=3600)
    assert [entry.left_s for entry in rehearsal.conversation.entries()] == [60]

    assert await _after(rehearsal, 60) == []
    rehearsal.conversation.close()


async def test_what_asked_for_a_message_is_forgotten_with_what_took_its_place() -> None:
    rehearsal = Rehearsal()
    conversation = rehearsal.conversation
    await conversation.answer(conversation.say("/calls", "/calls", now=NOW), [Post("first page")])
    (message,) = rehearsal.transport.messages(ADDRESS)
    await conversation.answer(None, [Post("next page")], replaces=message.id, gone_after_s=60)

    assert await _after(rehearsal, 60) == []
    assert not _is_known("/calls")


async def test_what_is_still_to_be_answered_stays_when_something_goes() -> None:
    rehearsal = Rehearsal()
    await rehearsal.conversation.answer(None, [Post("names")], gone_after_s=60)
    rehearsal.conversation.say("/slow", "/slow", now=NOW)

    (left,) = await _after(rehearsal, 60)

    assert left.said is not None
    assert left.said.text == "/slow"


async def test_forgetting_forgets_what_was_to_go_later() -> None:
    rehearsal = Rehearsal()
    conversation = rehearsal.conversation
    await conversation.answer(conversation.say("/who", "/who", now=NOW), [Post("names")], gone_after_s=3600)
    keys = [entry.key for entry in conversation.entries()]

    await conversation.forget()

    assert not _is_known("/who")
    assert [rehearsal.leaving.left_s(key) for key in keys] == [None, None]


async def test_names_go_from_the_open_page_and_from_the_room(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_label("A command").fill("/names")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.post")).to_contain_text(NAME)
    room.rehearsal.hourglass.advance(STAYS_S)
    await expect(page.locator(".entry")).to_have_count(0)
    assert room.rehearsal.transport.messages(ADDRESS) == ()
    assert NAME not in (await room.client.get("/")).text


async def test_what_was_pressed_goes_with_its_answer() -> None:
    async def answer(_: Request) -> Reply:
        return Reply((Post(NAME),), gone_after_s=STAYS_S)

    rehearsal = Rehearsal(answer)
    number = await rehearsal.post(Post("One person", ((Button("Show", command="/names"),),)))
    await Turns(rehearsal.house, rehearsal.conversation).take("/names", "en", number)
    assert len(rehearsal.conversation.entries()) == 3

    (left,) = await _after(rehearsal, STAYS_S)

    assert left.message_id == number


@pytest.mark.parametrize("error", [RuntimeError("a defect"), VigilError("refused")])
async def test_what_failed_goes_after_an_hour_with_what_was_typed(error: Exception) -> None:
    async def answer(_: Request) -> Reply:
        raise error

    rehearsal = Rehearsal(answer)
    await Turns(rehearsal.house, rehearsal.conversation).take("/prisoner Jane Doe", "en", None)
    assert [entry.left_s for entry in rehearsal.conversation.entries()] == [DISCREET_S] * 2

    assert await _after(rehearsal, DISCREET_S) == []


async def test_a_page_that_hears_nothing_takes_names_away_by_itself(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address, viewport={"width": 1280, "height": 800})
    await page.add_init_script(DEAF)
    await page.clock.install()
    await room.client.post("/say", data={"text": "/names"})
    await page.reload()
    await expect(page.locator(".entry.post")).to_contain_text(NAME)
    await page.clock.fast_forward(STAYS_S * 1000)
    await expect(page.locator(".entry")).to_have_count(0)


async def test_without_a_script_the_page_asks_again_when_names_are_gone(room: Served, open_page: OpenPage) -> None:
    await room.client.post("/say", data={"text": "/names"})
    # A page that asks again after two seconds, and shows the name until the test lets the last second pass.
    room.rehearsal.hourglass.advance(STAYS_S - 1)
    page = await open_page(room.address, java_script_enabled=False)
    await expect(page.locator(".entry.post")).to_contain_text(NAME)
    room.rehearsal.hourglass.advance(1)
    await expect(page.locator(".entry")).to_have_count(0, timeout=PATIENCE_MS)
    assert "http-equiv" not in (await room.client.get("/")).text


async def test_the_bot_s_own_names_and_discreet_answers_have_their_time(whole_room: Served) -> None:
    for text in ("/subscribe", "/follow ihar-lednik"):
        await whole_room.client.post("/say", data={"text": text})
    assert "data-left-s" not in (await whole_room.client.get("/")).text

    await whole_room.client.post("/say", data={"text": "/following names"})
    assert _left_s((await whole_room.client.get("/")).text) == [NAMES_GONE_S] * 2

    await whole_room.client.post("/say", data={"text": "/settings discreet on"})
    await whole_room.client.post("/say", data={"text": "/today"})
    assert _left_s((await whole_room.client.get("/")).text)[-2:] == [DISCREET_S] * 2


def _is_known(text: str) -> bool:
    """Whether anything in this process still holds what was said."""
    return any(type(one) is Said and one.text == text for one in gc.get_objects())


def _left_s(page: str) -> list[int]:
    """After how many seconds the entries of a page go."""
    return [int(seconds) for seconds in re.findall(r'data-left-s="(\d+)"', page)]
