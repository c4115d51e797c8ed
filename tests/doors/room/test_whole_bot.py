"""The whole bot in the room: the real commands, posts and calendar."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.agenda.occurrences import occurrences
from bot.commands.menu import menu
from bot.doors.room.sanitizing import clean
from bot.doors.room.tracing import Tracer
from bot.posts.translations import LANGUAGES
from tests.browser import OpenPage
from tests.calendars import real_calendar
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import ADDRESS, NOW, posts_on

pytestmark = pytest.mark.asyncio(loop_scope="session")


def _untraced(html: str, language: str, tracer: Tracer) -> int:
    """How many quotations of a post do not lead back to their document."""
    cleaned = clean(html, tracer.quotation(real_calendar(), language))
    return sum('class="trace"' not in part.split("</blockquote>")[0] for part in cleaned.split("<blockquote>")[1:])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_quotation_of_a_year_of_posts_leads_back(language: str) -> None:
    first, tracer = NOW.date(), Tracer()
    for day in sorted({o.date for o in occurrences(real_calendar(), first, first + timedelta(days=365))}):
        for _, post in posts_on(day, language):
            assert _untraced(post.html, language, tracer) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_is_answered_and_its_quotations_lead_back(whole_room: Served, language: str) -> None:
    people = (f"prisoner {person}" for person in sorted(real_calendar().people)[:4])
    for command in [*(command for command, _ in menu(language)), *people, "why ihar-lednik-death"]:
        whole_room.rehearsal.now += timedelta(minutes=1)
        response = await whole_room.client.post(f"/say?language={language}", data={"text": f"/{command}"})
        assert response.status_code == 303
    tracer = Tracer()
    for message in whole_room.rehearsal.transport.messages(ADDRESS):
        assert _untraced(message.post.html, language, tracer) == 0


async def test_somebody_is_looked_up_in_cyrillic_and_followed_back(whole_room: Served, open_page: OpenPage) -> None:
    page = await open_page(whole_room.address + "?language=be")
    await page.locator("#text").fill("/prisoner Ігар Леднік")
    await page.keyboard.press("Enter")
    post = page.locator(".entry.post").last
    await expect(post).to_contain_text("Ігар Леднік")
    await post.get_by_role("link", name="у дакуменце: радок").first.click()
    await expect(page.locator("mark:target")).to_be_in_viewport()


async def test_plain_text_is_answered_as_in_telegram(whole_room: Served, open_page: OpenPage) -> None:
    page = await open_page(whole_room.address)
    await page.locator("#text").fill("what is this")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.post")).to_have_count(1)
    await expect(page.locator(".entry.post").get_by_role("button").first).to_be_visible()


async def test_subscribing_and_forgetting_by_buttons(whole_room: Served, open_page: OpenPage) -> None:
    page = await open_page(whole_room.address)
    await page.get_by_role("button", name="/subscribe", exact=True).click()
    await expect(page.locator(".entry.post")).to_have_count(2)
    await page.get_by_role("button", name="/forget", exact=True).click()
    await page.get_by_role("button", name="Delete everything").click()
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(page.locator(".entry.said")).to_have_count(0)
