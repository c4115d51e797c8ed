"""Saying something to the room over real HTTP: bounds, refusals, what is answered."""

import asyncio
import json
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest

from bot.doors.room.chat import BURST
from bot.doors.room.forms import TEXT_CHARS
from bot.posts.post import Button, Post
from tests.doors.conftest import Served
from tests.doors.room.rehearsal import why

pytestmark = pytest.mark.asyncio(loop_scope="session")

JSON = {"Accept": "application/json"}


class _Text(HTMLParser):
    """The text of a page's conversation."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page[page.index('<div id="entries"') : page.index('<span id="end"')])

    def handle_data(self, data: str) -> None:
        self.text += " ".join(data.split()) + " "


async def _conversation(room: Served, language: str = "en") -> str:
    return _Text((await room.client.get("/", params={"language": language})).text).text


async def test_a_command_is_answered_in_the_conversation(room: Served) -> None:
    response = await room.client.post("/say", data={"text": "/today"})
    assert response.headers["Location"] == "/?language=en#end"
    told = await _conversation(room)
    assert "/today" in told
    assert "three years since the death in custody of Ihar Lednik" in told


async def test_a_request_tells_who_asks_and_in_which_language(room: Served) -> None:
    await room.client.post("/say?language=be", data={"text": "  /prisoner   Бяляцкі\n"})
    (asked,) = room.rehearsal.commands.asked
    assert (asked.text, asked.language_hint, asked.pressed) == ("/prisoner Бяляцкі", "be", False)
    assert asked.may_change_settings


async def test_a_button_is_shown_by_its_label(room: Served) -> None:
    number = await room.rehearsal.post(Post("words", ((Button("Why do we say this?", command="/why x"),),)))
    await room.client.post("/say", data={"text": "/why x", "message": str(number)})
    assert room.rehearsal.commands.asked[0].pressed
    assert "Why do we say this?" in (await _conversation(room)).split("Why do we say this?", 1)[1]


async def test_a_notice_that_stands_alone_is_posted(room: Served) -> None:
    response = await room.client.post("/say", data={"text": "/quiet"}, headers=JSON)
    assert response.json() == {"notice": "Noted."}
    assert "Noted." in await _conversation(room)


async def test_html_in_a_command_is_text(room: Served) -> None:
    await room.client.post("/say", data={"text": "/prisoner <img src=x onerror=alert(1)>"})
    page = (await room.client.get("/")).text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


async def test_a_post_s_html_is_cleaned(room: Served) -> None:
    await room.rehearsal.post(Post('<script>x()</script><b onclick="x()">words</b><img src="https://evil.example">'))
    page = (await room.client.get("/")).text
    assert "<b>words</b>" in page
    assert "evil.example" not in page
    assert "x()" not in page


async def test_a_button_to_a_dangerous_address_is_left_out(room: Served) -> None:
    await room.rehearsal.post(Post("words", ((Button("Run", link="javascript:x()"),),)))
    assert "javascript:" not in (await room.client.get("/")).text


async def test_a_defect_is_answered_politely_and_the_room_goes_on(room: Served) -> None:
    response = await room.client.post("/say", data={"text": "/fail"})
    assert response.status_code == 303
    told = await _conversation(room)
    assert "Something went wrong with this command." in told
    assert "Jane Doe" not in told


async def test_forgetting_takes_everything_away_but_the_farewell(room: Served) -> None:
    await room.client.post("/say", data={"text": "/today"})
    await room.client.post("/say", data={"text": "/forget yes"})
    assert (await _conversation(room)).split() == ["Vigil", "Forgotten.", "09:00"]


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x01"])
async def test_an_empty_command_is_a_bad_request(room: Served, text: str) -> None:
    assert (await room.client.post("/say", data={"text": text})).status_code == 400


async def test_the_longest_command_is_taken_and_one_longer_is_not(room: Served) -> None:
    longest = "/prisoner " + "🕯" * (TEXT_CHARS - 10)
    assert (await room.client.post("/say", data={"text": longest})).status_code == 303
    assert (await room.client.post("/say", data={"text": longest + "a"})).status_code == 413
    assert len(room.rehearsal.commands.asked) == 1


async def test_a_body_beyond_all_bounds_is_not_read_to_its_end(room: Served) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"text=" + b"a" * 10_000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await room.client.post("/say", content=endless(), headers=form)).status_code == 413


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"text=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"text=\xff", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 50, "application/x-www-form-urlencoded", 400),
        (b"text=/today&message=-1", "application/x-www-form-urlencoded", 400),
        (b"text=/today&message=" + b"9" * 400, "application/x-www-form-urlencoded", 400),
        (b'{"text": "/today"}', "application/json", 415),
        (b"text=/today", "text/plain", 415),
        (b"", "", 415),
    ],
)
async def test_what_is_no_such_form_is_refused(room: Served, content: bytes, kind: str, status: int) -> None:
    response = await room.client.post("/say", content=content, headers={"Content-Type": kind})
    assert response.status_code == status
    assert not room.rehearsal.commands.asked


async def test_commands_come_no_faster_than_the_bucket_allows(room: Served) -> None:
    answers = [await room.client.post("/say", data={"text": "/quiet"}, headers=JSON) for _ in range(BURST + 3)]
    assert answers[BURST - 1].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1].json() == {"notice": "Too many commands at once. Wait a moment and try again."}


async def test_choosing_a_language_changes_page_and_posts(room: Served) -> None:
    response = await room.client.post("/language", data={"language": "be"})
    assert room.rehearsal.commands.asked[0].text == "/language be"
    cookie = response.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert '<html lang="be">' in (await room.client.get("/")).text


async def test_an_unknown_language_is_refused(room: Served) -> None:
    assert (await room.client.post("/language", data={"language": "xx"})).status_code == 400
    assert (await room.client.get("/?language=xx")).status_code == 400


async def test_the_stream_tells_what_stands_and_then_what_comes(room: Served) -> None:
    first = await room.rehearsal.post(Post("one"))
    async with room.client.stream("GET", "/changes") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        async with asyncio.timeout(5):
            assert [await anext(lines), await anext(lines)] == ["retry: 1000", "event: standing"]
            standing = json.loads((await anext(lines)).removeprefix("data: "))
            assert list(standing) == [f"post-{first}"]
            await room.rehearsal.post(why("ihar-lednik-death"))
            data = [await anext(lines) for _ in range(3)]
    entry = json.loads(data[2].removeprefix("data: "))
    assert data[1] == "event: entry"
    assert entry["html"].count("<blockquote>") == 3


async def test_a_picture_is_served_as_it_is(room: Served) -> None:
    await room.client.post("/say", data={"text": "/today"})
    (message,) = room.rehearsal.transport.messages(room.rehearsal.conversation.address)
    assert message.post.picture is not None
    response = await room.client.get(f"/pictures/{message.id}.png")
    assert response.content == message.post.picture.png
    assert (await room.client.get("/pictures/1.png")).status_code == 404
