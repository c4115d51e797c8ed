"""What every transport does alike: one test, run over each of them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, Mend, Parcel, Transport, TransportError
from bot.posts.post import Button, Post
from bot.transports.room import RoomTransport
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.telegram import TelegramServer
from tests.transports.conftest import address_of
from tests.transports.pacers import FreePacer
from tests.transports.pictures import picture

POST = Post("🕯 <b>20 February</b>: three years\n<blockquote>Quote &amp; quote</blockquote>")


@dataclass
class Place:
    """A chat of some transport: where it is, and what stands there as (id, text)."""

    transport: Transport
    address: Address
    standing: Callable[[], list[tuple[int, str]]]


@pytest.fixture(params=["telegram", "room"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    if request.param == "room":
        room = RoomTransport(lambda: datetime.now(UTC))
        address = Address("room", "lobby", kind=ChatKind.CHANNEL)
        yield Place(room, address, lambda: [(m.id, m.post.text) for m in room.messages(address)])
        return
    async with TelegramServer() as server, Wire(server.token, server.api) as wire:
        channel, operator = server.people.add_channel(), server.people.add_user()
        transport = TelegramTransport(wire, FreePacer(), operators=address_of(operator))
        yield Place(
            transport, address_of(channel), lambda: [(m.id, m.text) for m in server.messages(channel.id, by_bot=True)]
        )


async def refusal(place: Place, post: Post) -> TransportError:
    with pytest.raises(TransportError) as caught:
        await place.transport.send(place.address, Parcel(post))
    return caught.value


async def test_post_stands_in_the_chat_under_the_id_returned(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(POST))
    assert place.standing() == [(sent.message_id, POST.text)]


async def test_ids_rise(place: Place) -> None:
    ids = [(await place.transport.send(place.address, Parcel(POST))).message_id for _ in range(3)]
    assert ids == sorted(set(ids))


async def test_picture_and_text_are_one_message(place: Place) -> None:
    await place.transport.send(place.address, Parcel(replace(POST, picture=picture())))
    assert [text for _, text in place.standing()] == [POST.text]


async def test_longest_text_is_carried(place: Place) -> None:
    await place.transport.send(place.address, Parcel(Post("<b>a</b>" + "é" * 4095)))
    assert len(place.standing()) == 1


@pytest.mark.parametrize("post", [POST, replace(POST, picture=picture())], ids=["text", "picture"])
async def test_what_is_asked_before_writing_is_asked_while_nothing_stands_there(place: Place, post: Post) -> None:
    stood: list[int] = []

    async def ask() -> None:
        stood.append(len(place.standing()))

    await place.transport.send(place.address, Parcel(post, before_writing=ask))

    assert stood == [0]
    assert len(place.standing()) == 1


@pytest.mark.parametrize("post", [POST, replace(POST, picture=picture())], ids=["text", "picture"])
async def test_what_is_raised_before_writing_is_raised_and_nothing_is_sent(place: Place, post: Post) -> None:
    async def refuse() -> None:
        raise TransportError(Fate.PASSING, "lease")

    with pytest.raises(TransportError) as caught:
        await place.transport.send(place.address, Parcel(post, before_writing=refuse))

    assert (caught.value.fate, caught.value.reason) == (Fate.PASSING, "lease")
    assert place.standing() == []
    await place.transport.send(place.address, Parcel(post))
    assert len(place.standing()) == 1


@pytest.mark.parametrize("text", ["x" * 4097, "🕯" * 2049])
async def test_text_beyond_the_limit_asks_for_a_shorter_one(place: Place, text: str) -> None:
    error = await refusal(place, Post(text))
    assert (error.fate, error.mend) == (Fate.POST_BAD, Mend.SHORTER)
    assert place.standing() == []


async def test_post_without_text_is_refused(place: Place) -> None:
    error = await refusal(place, Post(" <b> </b>\n"))
    assert (error.fate, error.mend) == (Fate.POST_BAD, None)


async def test_edit_replaces_the_text(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(POST))
    await place.transport.edit(place.address, sent.message_id, Post("Correction", ((Button("Why", "/why x"),),)))
    assert place.standing() == [(sent.message_id, "Correction")]


async def test_edit_replaces_the_text_beneath_a_picture(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(replace(POST, picture=picture())))
    await place.transport.edit(place.address, sent.message_id, Post("Correction"))
    assert place.standing() == [(sent.message_id, "Correction")]


async def test_edit_to_the_same_is_no_error(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(POST))
    await place.transport.edit(place.address, sent.message_id, POST)
    assert place.standing() == [(sent.message_id, POST.text)]


async def test_edit_of_a_missing_message_says_so(place: Place) -> None:
    with pytest.raises(TransportError) as caught:
        await place.transport.edit(place.address, 999, POST)
    assert (caught.value.fate, caught.value.reason) == (Fate.POST_BAD, "message_missing")


async def test_replacing_puts_text_and_picture_in_a_messages_place(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(replace(POST, picture=picture())))
    other = Post("Correction", picture=picture(9))
    assert (await place.transport.replace(place.address, sent.message_id, Parcel(other))).message_id == sent.message_id
    assert place.standing() == [(sent.message_id, "Correction")]


async def test_replacing_by_the_same_is_no_error(place: Place) -> None:
    parcel = Parcel(replace(POST, picture=picture()))
    sent = await place.transport.send(place.address, parcel)
    await place.transport.replace(place.address, sent.message_id, parcel)
    assert place.standing() == [(sent.message_id, POST.text)]


async def test_replacing_a_missing_message_says_so(place: Place) -> None:
    with pytest.raises(TransportError) as caught:
        await place.transport.replace(place.address, 999, Parcel(replace(POST, picture=picture())))
    assert (caught.value.fate, caught.value.reason) == (Fate.POST_BAD, "message_missing")


async def test_deleted_message_is_gone_and_deleting_again_is_no_error(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(POST))
    await place.transport.delete(place.address, sent.message_id)
    await place.transport.delete(place.address, sent.message_id)
    assert place.standing() == []


async def test_look_finds_the_post_behind_the_known_id(place: Place) -> None:
    since = datetime.now(UTC) - timedelta(seconds=1)
    before = await place.transport.send(place.address, Parcel(Post("before")))
    await place.transport.send(place.address, Parcel(Post("between")))
    sent = await place.transport.send(place.address, Parcel(POST))
    assert await place.transport.look(place.address, before.message_id, POST.text, since) == sent.message_id


async def test_look_tells_that_the_post_is_not_there(place: Place) -> None:
    since = datetime.now(UTC) - timedelta(seconds=1)
    before = await place.transport.send(place.address, Parcel(POST))
    await place.transport.send(place.address, Parcel(Post("another")))
    assert await place.transport.look(place.address, before.message_id, POST.text, since) is None


async def test_look_leaves_nothing_behind(place: Place) -> None:
    sent = await place.transport.send(place.address, Parcel(POST))
    await place.transport.look(place.address, sent.message_id - 1, POST.text, datetime.now(UTC))
    assert len(place.standing()) == 1


async def test_limits_are_those_of_telegram(place: Place) -> None:
    assert (place.transport.limits.text_chars, place.transport.limits.caption_chars) == (4096, 1024)
