"""The conversation: order, answers, edits, what goes with what."""

import asyncio
from datetime import timedelta

import pytest

from bot.doors.room.conversation import Conversation, differences, versions
from bot.outbox.transport import Parcel
from bot.posts.post import Post
from bot.transports.room import RoomTransport
from tests.doors.room.rehearsal import ADDRESS, NOW


@pytest.fixture
def transport() -> RoomTransport:
    return RoomTransport(lambda: NOW)


@pytest.fixture
def conversation(transport: RoomTransport) -> Conversation:
    return Conversation(transport, ADDRESS)


def _told(conversation: Conversation) -> list[str]:
    told = (
        entry.post.html if entry.post else entry.said.text if entry.said else None for entry in conversation.entries()
    )
    return [words for words in told if words is not None]


async def test_what_is_said_stands_between_the_posts_before_and_after_it(
    transport: RoomTransport, conversation: Conversation
) -> None:
    await transport.send(ADDRESS, Parcel(Post("one")))
    said = conversation.say("/two", "/two", now=NOW)
    await conversation.answer(said, [Post("three"), Post("four")])
    conversation.say("/five", "/five", now=NOW)
    assert _told(conversation) == ["one", "/two", "three", "four", "/five"]


async def test_an_answer_may_take_the_place_of_a_post(transport: RoomTransport, conversation: Conversation) -> None:
    sent = await transport.send(ADDRESS, Parcel(Post("one")))
    await conversation.answer(None, [Post("other")], replaces=sent.message_id)
    assert _told(conversation) == ["other"]


async def test_an_answer_to_a_post_that_is_gone_is_posted_anew(conversation: Conversation) -> None:
    await conversation.answer(None, [Post("other")], replaces=4)
    assert _told(conversation) == ["other"]


async def test_what_was_said_goes_when_all_answers_to_it_are_gone(
    transport: RoomTransport, conversation: Conversation
) -> None:
    said = conversation.say("/two", "/two", now=NOW)
    await conversation.answer(said, [Post("three"), Post("four")])
    first, second = (message.id for message in transport.messages(ADDRESS))
    await transport.delete(ADDRESS, first)
    assert _told(conversation) == ["/two", "four"]
    await transport.delete(ADDRESS, second)
    assert _told(conversation) == []


async def test_what_is_said_after_a_restart_has_no_key_of_the_run_before(transport: RoomTransport) -> None:
    keys = []
    for run in range(2):
        conversation = Conversation(transport, ADDRESS)
        for number in range(3):
            conversation.say("/today", "/today", now=NOW + timedelta(seconds=run, milliseconds=number // 2))
        keys += [entry.key for entry in conversation.entries()]
    assert len(set(keys)) == 6


async def test_forgetting_leaves_nothing(transport: RoomTransport, conversation: Conversation) -> None:
    await transport.send(ADDRESS, Parcel(Post("one")))
    conversation.say("/two", "/two", now=NOW)
    await conversation.forget()
    assert conversation.entries() == []


async def test_an_edit_changes_the_version_and_nothing_else(
    transport: RoomTransport, conversation: Conversation
) -> None:
    for words in ("one", "two"):
        await transport.send(ADDRESS, Parcel(Post(words)))
    before = conversation.entries()
    await transport.edit(ADDRESS, transport.messages(ADDRESS)[0].id, Post("changed"))
    (changed,) = differences(versions(before), conversation.entries())
    assert not isinstance(changed, str)
    assert (changed.key, changed.post) == (before[0].key, Post("changed"))


async def test_a_deleted_post_is_told_by_its_key(transport: RoomTransport, conversation: Conversation) -> None:
    await transport.send(ADDRESS, Parcel(Post("one")))
    before = conversation.entries()
    await transport.delete(ADDRESS, transport.messages(ADDRESS)[0].id)
    assert list(differences(versions(before), conversation.entries())) == [before[0].key]


async def test_listeners_hear_of_posts_and_of_what_is_said(
    transport: RoomTransport, conversation: Conversation
) -> None:
    async with conversation.changes() as changed:
        conversation.say("/one", "/one", now=NOW)
        async with asyncio.timeout(1):
            await changed.wait()
        changed.clear()
        await transport.send(ADDRESS, Parcel(Post("two")))
        async with asyncio.timeout(1):
            await changed.wait()
