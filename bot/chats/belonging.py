"""To which bot a database belongs.

Another bot is a stranger in every chat: readers never started it, it may not edit what stands
there, and the names Telegram gave to pictures mean nothing to it. The bot's number is sealed as
addresses are, so that a database alone does not tell whose it is.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import TELEGRAM, ChatKind
from bot.chats.sealing import Seal
from bot.chats.tables import chats, meta
from bot.database import Database, insert_into
from bot.errors import VigilError

BOT = "bot"
# Why a chat was paused: the bot it knew has gone.
MOVED = "another_bot"


class AnotherBotError(VigilError):
    """The token is of another bot than the one this database belongs to."""

    def __init__(self) -> None:
        super().__init__(
            "VIGIL_TELEGRAM_TOKEN: found the token of another bot, expected one of the bot that this database was "
            "used with; nothing was sent. To move to the other bot for good: vigil doctor --rebind"
        )


def bot_of_token(token: str) -> str:
    """The bot's number: what stands before the colon, the same in every token of a bot."""
    return token.partition(":")[0]


async def check_bot(database: Database, seal: Seal, bot: str) -> None:
    """AnotherBotError if the database belongs to another bot; one that belongs to none will do."""
    async with database.read() as connection:
        found = await _bot_in(connection, seal)
    if found not in (None, bot):
        raise AnotherBotError


async def keep_bot(database: Database, seal: Seal, bot: str) -> None:
    """Have the database belong to this bot from now on, if it belonged to none; AnotherBotError as above."""
    async with database.read() as connection:
        found = await _bot_in(connection, seal)
    if found is None:
        async with database.write() as connection:
            row = {"name": BOT, "value": _written(seal, bot)}
            await connection.execute(insert_into(connection, meta).values(row).on_conflict_do_nothing())
    # Asked again: of two that begin at once, with tokens of two bots, one was quicker.
    await check_bot(database, seal, bot)


async def belongs_to(database: Database, seal: Seal) -> str | None:
    """The number of the bot that the database belongs to; None if it never met one."""
    async with database.read() as connection:
        return await _bot_in(connection, seal)


async def rebind(connection: AsyncConnection, seal: Seal, bot: str) -> int:
    """Give the database to another bot, in a transaction of the caller's; how many private chats that paused.

    No bot may write to people who did not start it, and trying all of them would open the breaker.
    """
    await connection.execute(delete(meta).where(meta.c.name == BOT))
    await connection.execute(insert_into(connection, meta).values(name=BOT, value=_written(seal, bot)))
    readers = (chats.c.transport == TELEGRAM, chats.c.kind == ChatKind.PRIVATE, chats.c.state == "active")
    values = {"state": "paused", "pause_reason": MOVED, "first_day": None, "changed": False}
    return (await connection.execute(update(chats).where(*readers).values(values))).rowcount


async def _bot_in(connection: AsyncConnection, seal: Seal) -> str | None:
    found: str | None = await connection.scalar(select(meta.c.value).where(meta.c.name == BOT))
    return None if found is None else seal.open(BOT, bytes.fromhex(found))


def _written(seal: Seal, bot: str) -> str:
    return seal.seal(BOT, bot).hex()
