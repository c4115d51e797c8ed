"""The `room` transport, as the page reads it."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chats.address import Address
from bot.outbox.transport import Parcel
from bot.posts.post import Post
from bot.transports.room import RoomEvent, RoomTransport
from tests.transports.pictures import picture

NOW = datetime(2027, 2, 20, 8, tzinfo=UTC)
LOBBY = Address("room", "lobby")


@pytest.fixture
def room() -> RoomTransport:
    return RoomTransport(lambda: NOW)


async def test_page_hears_what_is_sent_edited_and_deleted(room: RoomTransport) -> None:
    heard: list[RoomEvent] = []

    async def read() -> None:
        async with aclosing(room.listen(LOBBY)) as events:
            async for event in events:
                heard.append(event)
                if event.kind == "deleted":
                    return

    reader = asyncio.create_task(read())
    await asyncio.sleep(0)
    sent = await room.send(LOBBY, Parcel(Post("A")))
    await room.edit(LOBBY, sent.message_id, Post("B"))
    await room.send(replace(LOBBY, chat="elsewhere"), Parcel(Post("C")))
    await room.delete(LOBBY, sent.message_id)
    await reader
    assert [(e.kind, e.message.post.html) for e in heard] == [("sent", "A"), ("edited", "B"), ("deleted", "B")]


async def test_page_that_fell_behind_finds_the_newest(room: RoomTransport) -> None:
    async with aclosing(room.listen(LOBBY)) as events:
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        for number in range(300):
            await room.send(LOBBY, Parcel(Post(f"{number}")))
        await first
        assert (await anext(events)).message.post.html > "200"
    assert len(room.messages(LOBBY)) == 300


async def test_edited_message_keeps_its_picture(room: RoomTransport) -> None:
    sent = await room.send(LOBBY, Parcel(Post("A", picture=picture())))
    await room.edit(LOBBY, sent.message_id, Post("B"))
    [message] = room.messages(LOBBY)
    assert (message.post.picture, message.edited) == (picture(), True)


async def test_topics_are_apart(room: RoomTransport) -> None:
    await room.send(replace(LOBBY, thread=7), Parcel(Post("A")))
    assert room.messages(LOBBY) == ()


async def test_oldest_messages_and_unused_chats_give_way(room: RoomTransport) -> None:
    for number in range(600):
        await room.send(LOBBY, Parcel(Post(f"{number}")))
    assert room.messages(LOBBY)[0].post.html == "100"
    for number in range(250):
        await room.send(replace(LOBBY, chat=f"{number}"), Parcel(Post("A")))
    assert room.messages(LOBBY) == ()


async def test_ids_rise_over_a_restart() -> None:
    before = await RoomTransport(lambda: NOW).send(LOBBY, Parcel(Post("A")))
    after = await RoomTransport(lambda: NOW + timedelta(seconds=1)).send(LOBBY, Parcel(Post("A")))
    assert after.message_id > before.message_id
