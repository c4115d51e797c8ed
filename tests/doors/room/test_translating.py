"""The translator's pages over real HTTP and in a browser."""

import re
from dataclasses import replace

import httpx
import pytest
from playwright.async_api import expect

from bot.commands.commands import Commands
from bot.doors.room.app import Room
from bot.posts import messages
from bot.posts.catalogues import extracted
from bot.posts.translations import DOMAINS, LANGUAGES
from tests.browser import OpenPage
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import posts_on

pytestmark = pytest.mark.asyncio(loop_scope="session")


def composed_anew(served: Served) -> None:
    """Let posts be made each time, as the bot does, so that the messages they ask for are heard."""
    rehearsal = served.rehearsal
    house = replace(rehearsal.house, posts_on=posts_on.__wrapped__)
    rehearsal.room = Room(house, rehearsal.conversation, rehearsal.health)


async def get(served: Served, path: str) -> httpx.Response:
    response = await served.client.get(path)
    assert response.status_code == 200
    return response


async def test_every_message_of_templates_and_code_is_listed(still_room: Served) -> None:
    page = (await get(still_room, "/translating?language=en&first=be&second=de")).text
    wanted = sum(bool(message.id) for domain in DOMAINS for message in extracted(domain))
    assert page.count('<p class="id">') >= wanted > 300


async def test_all_languages_are_complete_on_the_page(still_room: Served) -> None:
    for language in LANGUAGES[1:]:
        page = (await get(still_room, f"/translating?language=en&second={language}&missing=1")).text
        assert "Nothing is missing." in page


async def test_what_is_missing_is_shown_alone(still_room: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = next(key for key in messages.messages() if key[2] == "Any day")
    catalogue = dict(messages._catalogue("doors", "lt"))
    catalogue[gone] = (catalogue[gone][0], ("",))
    read = messages._catalogue
    monkeypatch.setattr(messages, "_catalogue", lambda *of: catalogue if of == ("doors", "lt") else read(*of))
    page = (await get(still_room, "/translating?language=en&second=lt&missing=1")).text
    assert page.count('<p class="id">') == 1
    assert '<p class="missing" lang="en">missing</p>' in page


async def test_posts_stand_in_two_languages_with_the_messages_they_are_made_of(room: Served) -> None:
    composed_anew(room)
    page = (await get(room, "/translating/posts/2027-02-20?language=en&first=de&second=pl")).text
    assert re.search(r'lang="de">\s*<div class="card">.*Ihar Lednik', page)
    assert 'lang="pl">' in page
    assert "posts.po · " in page
    assert "Why do we say this?" in page


async def test_the_posts_begin_with_the_next_day_that_has_any(room: Served) -> None:
    response = await room.client.get("/translating/posts?language=en&second=uk")
    assert response.headers["location"] == "/translating/posts/2027-02-20?first=en&second=uk&language=en"


async def test_every_reply_stands_in_two_languages_and_nothing_is_kept_of_asking(whole_room: Served) -> None:
    page = (await get(whole_room, "/translating/replies?language=en&first=en&second=lt")).text
    for command in ("/start", "/today", "/settings", "/help", "/prisoner", "/why", "/forget"):
        assert f'aria-label="{command}"' in page
    assert page.count("<h3>") > 20
    assert 'class="missing"' not in page
    commands = whole_room.rehearsal.house.answer.__self__  # type: ignore[attr-defined]
    assert isinstance(commands, Commands)
    assert await commands._desk.chats.listing() == []


@pytest.mark.parametrize("path", ["posts/nothing", "posts/2027-02-30", "nothing", "posts/%00"])
async def test_no_such_text_has_no_page(still_room: Served, path: str) -> None:
    assert (await still_room.client.get(f"/translating/{path}")).status_code == 404


@pytest.mark.parametrize("query", ["first=xx", "second=%00", "second=", "language=zz"])
async def test_an_unknown_language_is_refused(still_room: Served, query: str) -> None:
    assert (await still_room.client.get(f"/translating?{query}")).status_code == 400


async def test_a_translator_goes_from_the_chat_to_a_post_in_her_languages(room: Served, open_page: OpenPage) -> None:
    composed_anew(room)
    page = await open_page(room.address)
    await page.get_by_role("link", name="Translations").click()
    await page.get_by_label("First language").select_option("be")
    await page.get_by_label("Second language").select_option("lt")
    await page.get_by_role("button", name="Show").click()
    await page.get_by_role("link", name="Posts", exact=True).click()
    first, second = page.locator(".text .pair > .post").nth(0), page.locator(".text .pair > .post").nth(1)
    await expect(first).to_have_attribute("lang", "be")
    await expect(second).to_have_attribute("lang", "lt")
    boxes = [await side.bounding_box() for side in (first, second)]
    assert boxes[0] and boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    await page.get_by_text("Messages of this text").first.click()
    await expect(page.locator(".text .messages .id").first).to_be_visible()
