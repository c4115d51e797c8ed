"""A database belongs to one bot."""

import pytest
from sqlalchemy import select

from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.belonging import AnotherBotError, belongs_to, bot_of_token, check_bot, keep_bot, rebind
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.chats.tables import meta
from bot.database import Database
from tests.outbox.stage import NOON

BOT, OTHER = "123456789", "987654321"


async def test_the_first_bot_keeps_the_database_and_another_is_refused(either: Database, seal: Seal) -> None:
    await check_bot(either, seal, OTHER)
    await keep_bot(either, seal, BOT)
    await keep_bot(either, seal, BOT)

    assert await belongs_to(either, seal) == BOT
    for refuse in (check_bot, keep_bot):
        with pytest.raises(AnotherBotError, match="--rebind") as refused:
            await refuse(either, seal, OTHER)
        assert not {bot for bot in (BOT, OTHER) if bot in str(refused.value)}


async def test_the_database_alone_does_not_tell_whose_it_is(sqlite: Database, seal: Seal) -> None:
    await keep_bot(sqlite, seal, BOT)

    async with sqlite.read() as connection:
        values = list(await connection.scalars(select(meta.c.value)))
    assert len(values) == 1
    assert BOT not in values[0]
    assert BOT.encode().hex() not in values[0]


async def test_a_new_token_of_the_same_bot_is_the_same_bot(sqlite: Database, seal: Seal) -> None:
    await keep_bot(sqlite, seal, bot_of_token("123456789:AAone-token_00000000000000000000000000"))

    await check_bot(sqlite, seal, bot_of_token("123456789:AAanother_one_after_it_was_revoked_00"))


async def test_readers_of_the_bot_before_wait_until_they_start_the_new_one(either: Database, seal: Seal) -> None:
    chats = Chats(either, seal)
    reader, channel = Address(TELEGRAM, "5550123457"), Address(TELEGRAM, "-1001234567890", kind=ChatKind.CHANNEL)
    for address in (reader, channel):
        await chats.subscribe(address, now=NOON)
    await keep_bot(either, seal, BOT)

    async with either.write() as connection:
        assert await rebind(connection, seal, OTHER) == 1

    assert await belongs_to(either, seal) == OTHER
    states = {chat.kind: (chat.state, chat.pause_reason) for chat in await chats.listing()}
    assert states == {ChatKind.PRIVATE: ("paused", "another_bot"), ChatKind.CHANNEL: ("active", None)}
    assert (await chats.subscribe(reader, now=NOON)).state == "active"
