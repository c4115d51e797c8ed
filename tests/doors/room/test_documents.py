"""Documents and refusals over real HTTP."""

import html

import pytest

from bot.doors.room.passages import anchor
from bot.doors.room.tracing import Tracer
from tests.calendars import real_calendar
from tests.doors.conftest import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("source_id", sorted(real_calendar().sources))
async def test_a_document_s_page_holds_the_place_of_every_quote(still_room: Served, source_id: str) -> None:
    page, tracer = (await still_room.client.get(f"/document/{source_id}")).text, Tracer()
    for quote in real_calendar().quotes():
        for trace in tracer.traces(real_calendar(), quote.exact):
            if trace.source_id == source_id:
                assert f'id="{anchor(trace.span)}"' in page
                assert f'href="#{anchor(trace.span)}"' in page


async def test_the_list_names_documents_by_publisher_and_date_and_not_by_title(still_room: Served) -> None:
    page = (await still_room.client.get("/documents")).text
    assert "Amnesty International, 14 July 2025" in page
    for source in real_calendar().sources.values():
        assert f"/document/{source.id}?" in page
        assert html.escape(source.title) not in page


@pytest.mark.parametrize("source_id", ["nothing", "..%2f..%2fetc%2fpasswd", "%00", "x" * 2000])
async def test_no_such_document_has_no_page(still_room: Served, source_id: str) -> None:
    assert (await still_room.client.get(f"/document/{source_id}")).status_code == 404


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/fonts/../__init__.py"])
async def test_nothing_but_static_files_is_served(still_room: Served, path: str) -> None:
    assert (await still_room.client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is no such page"), ("be", "старонкі тут няма"), ("ru", "страницы здесь нет")]
)
async def test_a_missing_page_says_so_in_the_reader_s_language(still_room: Served, language: str, words: str) -> None:
    response = await still_room.client.get("/nothing", headers={"Accept-Language": language})
    assert response.status_code == 404
    assert words in response.text


async def test_a_page_cannot_be_used_in_another_way(still_room: Served) -> None:
    assert (await still_room.client.get("/say")).status_code == 405
    for method in ("POST", "PUT", "DELETE"):
        assert (await still_room.client.request(method, "/documents")).status_code == 405


async def test_every_page_s_head_is_the_same_as_its_page_s(still_room: Served) -> None:
    for path in ("/", "/day/2027-02-20", "/documents"):
        response = await still_room.client.head(path)
        assert (response.status_code, response.content) == (200, b"")
