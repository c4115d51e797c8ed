"""/mydata: what is kept of a chat, and of the channels that somebody set up from it."""

import pytest
from sqlalchemy import func, select

from bot.app.channels import ChannelHouse
from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.channel_tables import stewards
from bot.chats.channels import Channels
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from bot.posts.translations import LANGUAGES
from tests.commands.house import House

CHANNELS = [Address(TELEGRAM, f"-100{number}", kind=ChatKind.CHANNEL) for number in (1, 2)]
ABOUT_CHANNELS = "What is kept about your channels"


class ChannelsHouse(House):
    """Commands in a private chat over a database in which channels stand."""

    def __init__(self, database: Database) -> None:
        seal = Seal(b"k" * 32)
        self.database = database
        self.channels = Channels(database, seal)
        super().__init__(Chats(database, seal), ChannelHouse(None, database, self.channels, _flooded))
        self.address = Address(TELEGRAM, "5550123457")

    async def set_up(self, *, previews: bool = False) -> None:
        """Have both channels looked after by who speaks; with `previews` she sees the posts of one before."""
        own = await self.chats.settle(self.address, now=self.now)
        for channel in CHANNELS:
            kept = await self.chats.settle(channel, now=self.now)
            wanted = previews if channel == CHANNELS[0] else None
            await self.channels.take_steward(kept.id, own.id, previews=wanted)

    async def ties(self) -> int:
        """How often somebody is known to look after a channel."""
        async with self.database.read() as connection:
            return await connection.scalar(select(func.count()).select_from(stewards)) or 0


async def _flooded(_: Address, __: float) -> None:
    raise AssertionError("nothing is sent here")


@pytest.fixture
def house(sqlite: Database) -> ChannelsHouse:
    return ChannelsHouse(sqlite)


async def test_who_set_channels_up_is_told_how_many_and_what_is_kept_of_them(house: ChannelsHouse) -> None:
    await house.set_up(previews=True)

    text = await house.text("/mydata")

    assert "State: unsubscribed" in text
    assert f"{ABOUT_CHANNELS}\nChannels that you set up: 2\n" in text
    assert "Channels whose posts you are shown an hour before: 1\n" in text
    assert "Of a channel: its address, sealed;" in text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_told_in_every_language(house: ChannelsHouse, language: str) -> None:
    await house.set_up()
    await house.ask(f"/language {language}")

    lines = (await house.text("/mydata")).splitlines()

    assert [line.rpartition(": ")[2] for line in lines if line.endswith((": 2", ": 0"))][-2:] == ["2", "0"]
    assert (ABOUT_CHANNELS in lines) == (language == "en")


async def test_who_set_none_up_reads_nothing_of_channels(house: ChannelsHouse) -> None:
    await house.set_up()
    house.address = Address(TELEGRAM, "5550123458")
    await house.ask("/subscribe")

    assert ABOUT_CHANNELS not in await house.text("/mydata")


async def test_a_group_is_told_nothing_of_its_administrator_s_channels(house: ChannelsHouse) -> None:
    await house.set_up()
    house.in_group(administrator=True)
    await house.ask("/subscribe")

    assert ABOUT_CHANNELS not in await house.text("/mydata")


async def test_forgetting_deletes_who_set_a_channel_up_and_leaves_the_channel(house: ChannelsHouse) -> None:
    await house.set_up(previews=True)

    await house.ask("/forget yes")

    assert await house.ties() == 0
    assert "Nothing about this chat is written down." in await house.text("/mydata")
    assert [chat.address for chat in await house.chats.listing()] == CHANNELS


async def test_a_question_that_waits_for_its_answer_is_told(house: ChannelsHouse) -> None:
    waiting = "In memory alone: which question your next message answers."
    await house.ask("/setup")
    assert waiting in await house.text("/mydata")

    await house.set_up()
    await house.ask("/setup")
    assert waiting in await house.text("/mydata")

    await house.ask("/forget yes")
    assert waiting not in await house.text("/mydata")
