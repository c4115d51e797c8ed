"""Serving: ports, stopping, defects."""

import asyncio
import socket
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import httpx
import pytest

from bot.agenda.occurrence import Slot
from bot.doors.room.app import Room
from bot.doors.room.server import RoomServer
from bot.doors.serving import bind
from bot.errors import SettingError
from bot.posts.post import Post
from tests.doors.room.rehearsal import Rehearsal


async def test_it_stops_at_once_though_a_page_is_listening() -> None:
    server = RoomServer(Rehearsal().room, "127.0.0.1:0")
    await server.start()
    async with (
        httpx.AsyncClient(base_url=server.address, trust_env=False, verify=False) as client,
        client.stream("GET", "/changes") as stream,
    ):
        lines = stream.aiter_lines()
        await anext(lines)
        began = time.monotonic()
        await server.stop()
        assert time.monotonic() - began < 2
        assert [line async for line in lines]


async def test_a_stopped_room_frees_its_port() -> None:
    for _ in range(2):
        server = RoomServer(Rehearsal().room, "127.0.0.1:0")
        await server.start()
        await server.stop()
        assert not server.is_serving


async def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(SettingError, match=f"VIGIL_LISTEN: found {listen}, already in use by another program"):
            await RoomServer(Rehearsal().room, listen).start()


async def test_a_server_that_never_started_stops() -> None:
    await RoomServer(Rehearsal().room, "127.0.0.1:0").stop()


async def test_a_defect_becomes_a_page_without_its_message() -> None:
    def failing(day: date, language: str) -> Sequence[tuple[Slot, Post]]:
        raise RuntimeError("a defect that names Jane Doe")

    rehearsal = Rehearsal()
    room = Room(replace(rehearsal.house, posts_on=failing), rehearsal.conversation, rehearsal.health)
    server = RoomServer(room, "localhost:0")
    await server.start()
    async with httpx.AsyncClient(base_url=server.address, trust_env=False, verify=False) as client:
        response = await client.get("/day/2027-02-20")
        assert response.status_code == 500
        assert "Something went wrong" in response.text
        assert "Jane Doe" not in response.text
        assert (await client.get("/documents")).status_code == 200
    await server.stop()


async def test_many_listeners_leave_room_for_pages() -> None:
    server = RoomServer(Rehearsal().room, "127.0.0.1:0")
    await server.start()
    async with httpx.AsyncClient(
        base_url=server.address, trust_env=False, verify=False, limits=httpx.Limits()
    ) as client:
        requests = [client.build_request("GET", "/changes") for _ in range(40)]
        streams = await asyncio.gather(*(client.send(request, stream=True) for request in requests))
        assert {stream.status_code for stream in streams} == {200, 503}
        assert (await client.get("/documents")).status_code == 200
        await asyncio.gather(*(stream.aclose() for stream in streams))
    await server.stop()


async def test_the_socket_is_one_whose_answers_asyncio_sends_at_once() -> None:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer came 40 ms late.
    with bind("127.0.0.1:0", setting="VIGIL_LISTEN") as taken:
        assert taken.proto == socket.IPPROTO_TCP
