"""Any day's posts over real HTTP."""

import pytest

from tests.doors.conftest import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Saturday, 20 February 2027", "three years since the death in custody of Ihar Lednik")),
        ("be", ("Субота, 20 лютага 2027", "Рэпетыцыя.")),
        ("ru", ("Суббота, 20 февраля 2027", "Репетиция.")),
    ],
)
async def test_a_day_is_shown_in_the_language_of_its_address(
    still_room: Served, language: str, words: tuple[str, ...]
) -> None:
    response = await still_room.client.get(f"/day/2027-02-20?language={language}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    for part in words:
        assert part in response.text


async def test_a_day_without_posts_says_so(still_room: Served) -> None:
    page = (await still_room.client.get("/day/2027-02-21")).text
    assert "Nothing is posted on this day." in page
    assert '<section class="slot"' not in page


async def test_every_day_is_called_a_rehearsal(still_room: Served) -> None:
    for day in ("2027-02-20", "2027-02-21", "1999-12-31"):
        assert "A rehearsal." in (await still_room.client.get(f"/day/{day}")).text


async def test_a_day_leads_to_its_neighbours_and_to_the_nearest_dates(still_room: Served) -> None:
    page = (await still_room.client.get("/day/2027-02-18")).text
    for day in ("2027-02-17", "2027-02-19", "2027-02-16", "2027-02-20"):
        assert f'href="/day/{day}?language=en"' in page


async def test_the_sheet_of_the_month_marks_the_days_with_posts(still_room: Served) -> None:
    page = (await still_room.client.get("/day/2027-05-02")).text
    cells = [cell.split("</td>")[0] for cell in page.split('<td><a href="/day/')[1:]]
    assert [cell[:10] for cell in cells if 'class="marked"' in cell] == [
        "2027-05-01",
        "2027-05-14",
        "2027-05-20",
        "2027-05-21",
    ]


async def test_the_form_leads_to_the_day_s_own_address(still_room: Served) -> None:
    response = await still_room.client.get("/day?date=2027-02-20&language=be")
    assert (response.status_code, response.headers["Location"]) == (303, "/day/2027-02-20?language=be")


async def test_without_a_date_the_form_leads_to_today(still_room: Served) -> None:
    response = await still_room.client.get("/day?language=ru")
    assert response.headers["Location"] == "/day/2027-02-18?language=ru"


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31", "2028-02-29"])
async def test_the_ends_of_time_have_a_page(still_room: Served, day: str) -> None:
    assert (await still_room.client.get(f"/day/{day}")).status_code == 200


@pytest.mark.parametrize(
    "day",
    ["2027-02-30", "2027-02-29", "1899-12-31", "2200-01-01", "20270220", "2027-W07-6", "today", "%00", "9999999999"],
)
async def test_no_such_day_has_no_page(still_room: Served, day: str) -> None:
    assert (await still_room.client.get(f"/day/{day}")).status_code == 404


async def test_a_day_s_picture_is_a_png_in_the_language_asked_for(still_room: Served) -> None:
    pictures = [
        (await still_room.client.get(f"/day/2027-02-20/memorial.png?language={language}")).content
        for language in ("en", "be", "be")
    ]
    assert pictures[0].startswith(b"\x89PNG")
    assert pictures[0] != pictures[1] == pictures[2]


async def test_a_post_without_a_picture_has_none(still_room: Served) -> None:
    assert (await still_room.client.get("/day/2027-05-21/memorial.png")).status_code == 404
