"""Days and documents in a real Chromium."""

import pytest
from playwright.async_api import expect

from tests.browser import OpenPage
from tests.calendars import real_calendar
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import memorial

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_date_is_picked_and_its_posts_are_shown(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.locator("#knowledge").get_by_label("Day").fill("2027-02-20")
    await page.get_by_role("button", name="Show").click()
    await expect(page).to_have_url(f"{room.address}day/2027-02-20?language=en")
    await expect(page.locator(".slot")).to_contain_text("three years since the death in custody of Ihar Lednik")
    await expect(page.locator(".rehearsal")).to_contain_text("as if it were today")


async def test_the_same_day_in_another_language(still_room: Served, open_page: OpenPage) -> None:
    page = await open_page(still_room.address + "day/2027-02-20?language=en")
    await page.get_by_label("Language", exact=True).last.select_option("ru")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    await page.get_by_role("link", name="Беларуская").click()
    await expect(page).to_have_url(f"{still_room.address}day/2027-02-20?language=be")
    await expect(page.locator(".slot")).to_contain_text("3 гады з дня смерці ў зняволенні")


async def test_from_a_quiet_day_to_the_next_date(still_room: Served, open_page: OpenPage) -> None:
    page = await open_page(still_room.address + "day/2027-02-21?language=en")
    await expect(page.locator(".nothing")).to_have_text("Nothing is posted on this day.")
    await page.get_by_role("link", name="The next date:").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Saturday, 1 May 2027")
    await expect(page.locator(".slot")).to_have_count(1)
    await page.locator(".month").get_by_role("link", name="21").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Friday, 21 May 2027")


async def test_a_quotation_is_followed_to_the_line_that_says_so(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(memorial("en"))
    page = await open_page(room.address)
    await page.get_by_role("link", name="in the document: line 8").click()
    passage = page.locator("mark:target")
    await expect(passage).to_have_text("Ihar Lednik died in prison on 20 February 2024.")
    await expect(passage).to_be_in_viewport()


async def test_a_rehearsed_post_is_followed_without_a_script(still_room: Served, open_page: OpenPage) -> None:
    page = await open_page(still_room.address + "day/2027-02-20?language=be", java_script_enabled=False)
    await page.get_by_role("link", name="у дакуменце: радок 8").click()
    await expect(page.locator("mark:target")).to_be_in_viewport()


async def test_a_rehearsed_button_leads_to_the_chat(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address + "day/2027-02-20?language=en")
    await page.get_by_role("button", name="Why do we say this?").click()
    await expect(page.locator(".entry.post blockquote")).to_have_count(3)
    assert not room.rehearsal.commands.asked[0].pressed


@pytest.mark.parametrize("source_id", sorted(real_calendar().sources))
async def test_the_browser_holds_the_document_character_by_character(
    still_room: Served, open_page: OpenPage, source_id: str
) -> None:
    page = await open_page(f"{still_room.address}document/{source_id}")
    assert await page.locator(".document").evaluate("(e) => e.textContent") == real_calendar().documents[source_id]


async def test_a_claim_leads_to_its_passage(still_room: Served, open_page: OpenPage) -> None:
    page = await open_page(still_room.address + "document/eap-csf-2024-02-27")
    claim = page.locator(".claims li", has_text="death in custody").filter(has_text="Ihar Lednik").first
    await claim.get_by_role("link").click()
    await expect(page.locator("mark:target")).to_contain_text("Ihar Lednik died in prison")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_light_and_dark_follow_the_system(still_room: Served, open_page: OpenPage, scheme: str) -> None:
    page = await open_page(still_room.address + "documents", color_scheme=scheme)
    background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(246, 243, 237)", "dark": "rgb(19, 20, 25)"}[scheme]


async def test_the_font_is_our_own_and_holds_cyrillic(still_room: Served, open_page: OpenPage) -> None:
    page = await open_page(still_room.address + "documents?language=be")
    assert await page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Roboto', 'ўіё'))")
    assert await page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")


@pytest.mark.parametrize(("motion", "animation"), [("reduce", "none"), ("no-preference", "arrive")])
async def test_who_wants_less_motion_gets_none(
    still_room: Served, open_page: OpenPage, motion: str, animation: str
) -> None:
    page = await open_page(still_room.address, reduced_motion=motion)
    await page.evaluate("document.querySelector('.welcome').classList.add('arrived')")
    shown = await page.locator(".arrived").evaluate("(entry) => getComputedStyle(entry).animationName")
    assert shown == animation
