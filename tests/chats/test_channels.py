"""What belongs to a channel alone, in both databases: its lines, and who looks after it."""

import pytest
from sqlalchemy import func, select

from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.channel_tables import channels as lines
from bot.chats.channel_tables import stewards
from bot.chats.channels import MOST_ASKED_ABOUT, Channels, Stewardship
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from tests.outbox.stage import NOON, channel, private


@pytest.fixture
def channels(either: Database, seal: Seal) -> Channels:
    return Channels(either, seal)


async def _settled(chats: Chats, *addresses: Address) -> list[int]:
    """The numbers of chats at these addresses."""
    return [(await chats.settle(address, now=NOON)).id for address in addresses]


async def _rows(database: Database) -> tuple[int, int]:
    """How many channels have lines, and how often somebody looks after one."""
    async with database.read() as connection:
        with_lines = await connection.scalar(select(func.count()).select_from(lines))
        ties = await connection.scalar(select(func.count()).select_from(stewards))
    return with_lines or 0, ties or 0


async def test_each_line_is_kept_and_changed_without_the_other(chats: Chats, channels: Channels) -> None:
    (number,) = await _settled(chats, channel())
    await channels.set_line(number, "opening", "Against <forgetting> & silence 🕯")
    await channels.set_line(number, "signature", "Write to us")
    await channels.set_line(number, "opening", "")

    chat = await chats.by_id(number)

    assert chat is not None
    assert (chat.opening, chat.signature) == ("", "Write to us")


async def test_lines_are_of_one_channel(chats: Chats, channels: Channels) -> None:
    first, second = await _settled(chats, channel(1), channel(2))
    await channels.set_line(first, "opening", "Ours")

    assert [(chat.id, chat.opening) for chat in await chats.listing()] == [(first, "Ours"), (second, "")]


async def test_near_are_channels_alone_and_her_own_first(chats: Chats, channels: Channels) -> None:
    group = Address(TELEGRAM, "-5", kind=ChatKind.GROUP)
    her, other, first, second, _ = await _settled(chats, private(1), private(2), channel(1), channel(2), group)
    await channels.take_steward(second, her)

    assert [chat.id for chat in await channels.near(her)] == [second, first]
    assert [chat.id for chat in await channels.near(other)] == [first, second]
    assert [chat.id for chat in await channels.near(None)] == [first, second]


async def test_near_are_no_more_than_can_be_asked_about_and_her_own_among_them(
    chats: Chats, channels: Channels
) -> None:
    her, *numbers = await _settled(chats, private(), *map(channel, range(1, MOST_ASKED_ABOUT + 3)))
    await channels.take_steward(numbers[-1], her)

    near = [chat.id for chat in await channels.near(her)]

    assert near == [numbers[-1], *numbers[: MOST_ASKED_ABOUT - 1]]


async def test_who_wants_previews_wants_them_until_she_says_otherwise(chats: Chats, channels: Channels) -> None:
    her, number = await _settled(chats, private(), channel())
    wanted = []
    for previews in (None, True, None, False, None):
        await channels.take_steward(number, her, previews=previews)
        wanted.append(await channels.previews(number, her))

    assert wanted == [False, True, True, False, False]


async def test_stewards_are_told_apart_by_what_they_want_to_see(chats: Chats, channels: Channels) -> None:
    one, two, number, other = await _settled(chats, private(1), private(2), channel(1), channel(2))
    await channels.take_steward(number, one)
    await channels.take_steward(number, two, previews=True)

    assert [chat.address for chat in await channels.stewards_of(number)] == [private(1), private(2)]
    assert [chat.address for chat in await channels.stewards_of(number, previewing=True)] == [private(2)]
    assert await channels.stewards_of(other) == []


async def test_stewardship_counts_her_own_channels(chats: Chats, channels: Channels) -> None:
    her, other, *numbers = await _settled(chats, private(1), private(2), *map(channel, (1, 2, 3)))
    for number in numbers:
        await channels.take_steward(number, her, previews=number == numbers[0])
    await channels.take_steward(numbers[0], other, previews=True)

    assert await channels.stewardship_of(her) == Stewardship(channels=3, previewing=1)
    assert await channels.stewardship_of(other) == Stewardship(channels=1, previewing=1)
    assert await channels.stewardship_of(numbers[0]) == Stewardship(channels=0, previewing=0)


async def test_a_forgotten_channel_takes_its_lines_and_stewards_with_it(
    either: Database, chats: Chats, channels: Channels
) -> None:
    her, first, second = await _settled(chats, private(), channel(1), channel(2))
    for number in (first, second):
        await channels.set_line(number, "opening", "Ours")
        await channels.take_steward(number, her)

    await chats.forget(channel(1))

    assert await _rows(either) == (1, 1)
    assert [chat.id for chat in await channels.near(her)] == [second]


async def test_a_forgotten_steward_leaves_the_channel_as_it_is(
    either: Database, chats: Chats, channels: Channels
) -> None:
    her, number = await _settled(chats, private(), channel())
    await channels.set_line(number, "opening", "Ours")
    await channels.take_steward(number, her, previews=True)

    await chats.forget(private())

    assert await _rows(either) == (1, 0)
    assert await channels.stewards_of(number) == []
