"""The conversation in a real Chromium; `open_page` fails on any console message or foreign request."""

import pytest
from playwright.async_api import expect

from bot.posts.post import Button, Post
from tests.browser import OpenPage
from tests.calendars import real_calendar
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import ADDRESS, memorial

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_typed_command_is_answered(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_label("A command").fill("/today")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.said")).to_contain_text("/today")
    post = page.locator(".entry.post")
    await expect(post).to_contain_text("three years since the death in custody of Ihar Lednik")
    picture = post.get_by_role("img", name="A candle on a dark ground and the words:")
    assert await picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 500
    await expect(page.get_by_label("A command")).to_have_value("")
    await expect(page.get_by_label("A command")).to_be_focused()


async def test_a_scheduled_post_arrives_without_a_word(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await expect(page.locator(".entry")).to_have_count(0)
    await room.rehearsal.post(memorial("en"))
    await expect(page.locator(".entry.post")).to_contain_text("Ihar Lednik")
    await expect(page.locator(".entry.post")).to_be_in_viewport()


async def test_edits_and_deletions_are_shown_as_they_happen(room: Served, open_page: OpenPage) -> None:
    number = await room.rehearsal.post(Post("<b>before</b>"))
    page = await open_page(room.address)
    await expect(page.locator(".entry.post")).to_contain_text("before")
    await room.rehearsal.transport.edit(ADDRESS, number, Post("<b>after</b>"))
    await expect(page.locator(".entry.post b")).to_have_text("after")
    await expect(page.locator(".entry.post")).to_have_count(1)
    await room.rehearsal.transport.delete(ADDRESS, number)
    await expect(page.locator(".entry.post")).to_have_count(0)


async def test_pressing_a_button_is_giving_its_command(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(memorial("en"))
    page = await open_page(room.address)
    await page.get_by_role("button", name="Why do we say this?").click()
    await expect(page.locator(".entry.said")).to_contain_text("Why do we say this?")
    await expect(page.locator(".entry.post").last.locator("blockquote")).to_have_count(3)
    (asked,) = room.rehearsal.commands.asked
    assert asked.pressed
    assert asked.text.startswith("/why ")


async def test_turning_a_page_replaces_the_post_and_keeps_the_keyboard_s_place(
    room: Served, open_page: OpenPage
) -> None:
    await room.rehearsal.post(Post("<b>The first page</b>", ((Button("Turn", command="/more"),),)))
    page = await open_page(room.address)
    await page.get_by_role("button", name="Turn").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.post")).to_contain_text("The next page")
    await expect(page.locator(".entry")).to_have_count(1)
    await expect(page.get_by_role("button", name="Back")).to_be_focused()


async def test_a_link_button_opens_elsewhere_and_tells_nothing(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(Post("words", ((Button("Share", link="https://t.me/share/url?url=x"),),)))
    page = await open_page(room.address)
    link = page.get_by_role("link", name="Share")
    await expect(link).to_have_attribute("href", "https://t.me/share/url?url=x")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_a_chip_gives_its_command(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_role("button", name="/today").click()
    await expect(page.locator(".entry.post")).to_contain_text("Ihar Lednik")


async def test_the_chip_of_a_look_up_begins_the_line(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_role("button", name="/prisoner").click()
    await expect(page.get_by_label("A command")).to_have_value("/prisoner ")
    await expect(page.get_by_label("A command")).to_be_focused()
    assert not room.rehearsal.commands.asked


async def test_a_notice_is_shown_beside_the_line(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_role("button", name="/quiet").click()
    await expect(page.locator("#status")).to_have_text("Noted.")


async def test_the_language_changes_page_and_posts(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_role("button", name="Беларуская").click()
    await expect(page.locator("html")).to_have_attribute("lang", "be")
    await expect(page.get_by_role("heading", name="Наступныя даты")).to_be_visible()
    await expect(page.locator(".entry.post")).to_contain_text("Вітаем.")
    await page.get_by_role("button", name="/today").click()
    await expect(page.locator(".entry.post").last).to_contain_text("3 гады з дня смерці ў зняволенні")


async def test_what_is_known_stands_beside_the_chat(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    side = page.locator("#knowledge")
    counts = [len(records) for records in (real_calendar().sources, real_calendar().people, real_calendar().events)]
    await expect(side.locator("dd")).to_have_text([str(count) for count in counts])
    await expect(side).to_contain_text("(584 days ago). What has happened since is not known here.")


async def test_a_next_date_leads_to_its_rehearsal(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.locator("#knowledge").get_by_role("link", name="20 February 2027").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Saturday, 20 February 2027")


async def test_the_keyboard_alone_reaches_everything(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(Post("words", ((Button("Turn", command="/more"),),)))
    page = await open_page(room.address)
    reached = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.innerText || document.activeElement.id"))
        if reached[-1] == "Send":
            break
    for stop in ("Skip to the content", "be", "Documents", "Turn", "/prisoner", "text", "Send"):
        assert stop.lower() in [name.strip().lower() for name in reached]


async def test_the_skip_link_leads_past_the_side(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert page.url.endswith("#main")


async def test_html_in_a_command_is_shown_as_text(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await page.get_by_label("A command").fill("/prisoner <img src=x onerror=document.title='x'>")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.said")).to_contain_text("<img src=x")
    await expect(page.locator(".entry.said img")).to_have_count(0)


async def test_what_came_while_the_page_was_away_is_there_when_it_returns(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(Post("one"))
    page = await open_page(room.address)
    await expect(page.locator(".entry")).to_have_count(1)
    # Between the page and its stream: the list that is shown differs from the one that stands.
    await page.evaluate("document.querySelector('#entries').replaceChildren()")
    room.rehearsal.room.close()
    await expect(page.locator(".entry")).to_have_count(1)


async def test_a_post_taller_than_the_screen_is_read_from_its_beginning(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address)
    await room.rehearsal.post(Post("once this is here the page is listening"))
    await expect(page.locator(".entry")).to_have_count(1)
    await room.rehearsal.post(Post("<b>The beginning</b>" + "\nwords" * 80))
    await expect(page.get_by_text("The beginning")).to_be_in_viewport()
    assert await page.evaluate("document.scrollingElement.scrollHeight - innerHeight") == 0


async def test_a_reader_further_up_is_told_of_new_messages_and_not_moved(room: Served, open_page: OpenPage) -> None:
    for number in range(12):
        await room.rehearsal.post(Post(f"<b>{number}</b>\nwords\nwords\nwords"))
    page = await open_page(room.address)
    await page.locator(".scroller").evaluate("(scroller) => { scroller.scrollTop = -900; }")
    await room.rehearsal.post(Post("the newest"))
    await expect(page.get_by_role("button", name="New messages below")).to_be_visible()
    assert await page.locator(".scroller").evaluate("(scroller) => scroller.scrollTop") < -800
    await page.get_by_role("button", name="New messages below").click()
    await expect(page.get_by_text("the newest", exact=True)).to_be_in_viewport()


async def test_without_a_script_the_chat_is_read_and_commands_are_answered(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(memorial("en"))
    page = await open_page(room.address, java_script_enabled=False)
    await page.get_by_role("button", name="Why do we say this?").click()
    await expect(page.locator(".entry.post").last.locator("blockquote")).to_have_count(3)
    await page.get_by_label("A command").fill("/today")
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.said").last).to_contain_text("/today")
    await expect(page.locator(".entry").last).to_be_in_viewport()


async def test_on_a_phone_nothing_is_wider_than_the_screen(room: Served, open_page: OpenPage) -> None:
    await room.rehearsal.post(memorial("be"))
    page = await open_page(room.address, viewport={"width": 360, "height": 740})
    paths = ("", "?language=lt", "day/2027-05-21?language=ru", "day/2027-05-21?language=de")
    for path in (*paths, "document/eap-csf-2024-02-27?language=be", "documents?language=pl"):
        await page.goto(room.address + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_on_a_phone_the_side_is_a_sheet_over_the_chat(room: Served, open_page: OpenPage) -> None:
    page = await open_page(room.address, viewport={"width": 390, "height": 844})
    await expect(page.locator("#knowledge")).to_be_hidden()
    await page.get_by_role("link", name="What Vigil knows, and the next dates").click()
    await expect(page.locator("#knowledge")).to_be_visible()
    await page.get_by_role("link", name="Back to the chat").click()
    await expect(page.locator("#knowledge")).to_be_hidden()


async def test_the_policy_stops_a_script_that_slipped_in(
    room: Served, open_page: OpenPage, complaints: list[str]
) -> None:
    page = await open_page(room.address)
    blocked = await page.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
            try { document.body.innerHTML += "<img src=x onerror=alert(1)>"; } catch { /* refused outright */ }
        })"""
    )
    assert blocked == "require-trusted-types-for"
    assert all("TrustedHTML" in complaint for complaint in complaints)
    complaints.clear()
