"""A listed address on the room's pages: no link leads to it, and its text stands there only when asked for."""

import re
from dataclasses import replace

import pytest

from bot.doors.room.claims import claims_on
from bot.posts.translations import LANGUAGES, translator
from tests.calendars import a_quote, a_source, real_calendar, small_calendar
from tests.doors.conftest import Served
from tests.listings import ADDRESS, a_listing, an_organisation, with_listings

PAGE = "/document/amnesty-2025-07-14"
LISTED = {"en": "listed as “extremist” (Belarus", "be": "прызнаны «экстрэмісцкім» (Беларусь"}


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("path", ["/documents", PAGE])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_listed_address_is_not_on_the_page(listed_room: Served, path: str, language: str) -> None:
    page = (await listed_room.client.get(path, params={"language": language})).text

    assert "freeword" not in page
    assert LISTED.get(language, "") in page


@pytest.mark.asyncio(loop_scope="session")
async def test_asking_for_it_shows_the_address_as_text(listed_room: Served) -> None:
    page = (await listed_room.client.get(PAGE)).text
    asking = re.search(rf'href="({PAGE}\?address=shown[^"]*)">Show the address</a>', page)
    assert asking is not None

    shown = (await listed_room.client.get(asking[1].replace("&amp;", "&"))).text

    assert f"Address: <code>{ADDRESS}</code>" in shown
    assert 'href="https://www.freeword' not in shown
    assert LISTED["en"] in shown


@pytest.mark.asyncio(loop_scope="session")
async def test_an_address_that_nobody_listed_is_a_link(listed_room: Served) -> None:
    elsewhere = with_listings(real_calendar(), address="https://elsewhere.net/a")
    object.__setattr__(listed_room.rehearsal.house, "calendar", lambda: elsewhere)

    assert 'href="https://elsewhere.net/a"' in (await listed_room.client.get(PAGE)).text
    assert "<span>https://elsewhere.net/a</span>" in (await listed_room.client.get("/documents")).text


def test_what_rests_on_a_document_has_its_listings_without_the_address() -> None:
    words = "A court in Minsk declared it extremist."
    calendar = with_listings(small_calendar(sources=(a_source(),)), a_listing(), an_organisation("Free Word"))
    calendar = replace(calendar, documents={"report": f"{words} Later it did not."})
    found = claims_on(calendar, "report", translator("doors", "en"))

    assert [(c.subject, c.aspect) for c in found if c.quote == a_quote(words)] == [
        ("Belarus", "listing"),
        ("Free Word (Russia)", "listing"),
    ]
