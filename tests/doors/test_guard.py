"""The guard over real HTTP: who gets in, and what every answer carries."""

import asyncio
from urllib.parse import urlsplit

import pytest

from bot.doors.guard import HEADERS, is_loopback
from tests.doors.conftest import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORM = {"text": "/today"}


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:9000", "[::1]:8080", "127.1.2.3:80"])
async def test_loopback_names_are_ours_on_any_port(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "0.0.0.0:8080",
        "192.168.0.2",
        "2130706433",
        "0x7f.1",
        "[::ffff:10.0.0.1]",
        "127.0.0.1:8080:1",
        "localhost ",
        "127.0.0.1:99999999",
    ],
)
async def test_other_names_are_not(host: str) -> None:
    assert not is_loopback(host)


async def test_a_foreign_name_that_resolves_here_gets_nothing(still_room: Served) -> None:
    response = await still_room.client.get("/", headers={"Host": "evil.example"})
    assert (response.status_code, response.text) == (403, "Forbidden\n")


async def test_even_health_and_fonts_answer_to_no_foreign_name(still_room: Served) -> None:
    for path in ("/healthz", "/readyz", "/static/room.css", "/changes"):
        assert (await still_room.client.get(path, headers={"Host": "evil.example"})).status_code == 403


async def test_two_host_headers_are_refused(still_room: Served) -> None:
    port = urlsplit(still_room.address).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split(b" ")[1] in (b"400", b"403")


async def test_no_host_header_is_refused(still_room: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(still_room.address).port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert b" 403 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1"])
async def test_a_form_of_another_origin_says_nothing(room: Served, origin: str) -> None:
    response = await room.client.post("/say", data=FORM, headers={"Origin": origin})
    assert response.status_code == 403
    assert not room.rehearsal.commands.asked


async def test_a_form_without_an_origin_says_nothing(room: Served) -> None:
    del room.client.headers["Origin"]
    assert (await room.client.post("/say", data=FORM)).status_code == 403


async def test_a_form_that_the_browser_marks_as_foreign_says_nothing(room: Served) -> None:
    for site in ("cross-site", "same-site", "none"):
        assert (await room.client.post("/say", data=FORM, headers={"Sec-Fetch-Site": site})).status_code == 403


async def test_our_own_form_is_taken(room: Served) -> None:
    response = await room.client.post("/say", data=FORM, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303
    assert [asked.text for asked in room.rehearsal.commands.asked] == ["/today"]


async def test_through_a_tunnel_from_another_port_our_own_form_is_taken(room: Served) -> None:
    through = {"Host": "localhost:9999", "Origin": "http://localhost:9999"}
    assert (await room.client.post("/say", data=FORM, headers=through)).status_code == 303


@pytest.mark.parametrize("destination", ["image", "script", "iframe", "empty"])
async def test_other_sites_cannot_embed_or_fetch_a_page(still_room: Served, destination: str) -> None:
    mode = "navigate" if destination == "iframe" else "no-cors"
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": destination}
    assert (await still_room.client.get("/static/mark.svg", headers=foreign)).status_code == 403


async def test_a_link_from_elsewhere_leads_to_a_day(still_room: Served) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    del still_room.client.headers["Origin"]
    assert (await still_room.client.get("/day/2027-02-20", headers=link)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/nothing", "/healthz", "/static/room.js", "/day/2027-02-20", "/documents"])
async def test_every_answer_is_hardened(still_room: Served, path: str) -> None:
    response = await still_room.client.get(path)
    assert {name: response.headers[name] for name in HEADERS} == dict(HEADERS)
    assert response.headers["Cache-Control"] == "no-store"
    assert "server" not in response.headers


async def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")
