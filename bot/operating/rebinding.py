"""Moving a database to another bot, on purpose."""

from dataclasses import dataclass

from sqlalchemy import delete, update

from bot.app.telegram import Telegram
from bot.chats.belonging import belongs_to, keep_bot, rebind
from bot.chats.sealing import Seal
from bot.database import Database
from bot.operating.alone import alone
from bot.outbox.tables import contents, corrections, deliveries


@dataclass(frozen=True, slots=True)
class Moved:
    """To which bot, by its user name, and how many readers have to start it before they hear anything again."""

    username: str
    readers: int


async def move(database: Database, seal: Seal, telegram: Telegram) -> Moved | None:
    """Give the database to the bot of the token; None if it was that bot's already, or nobody's.

    What only the bot before could use goes: the ids of its messages, which no other may edit, and its
    names of pictures. TransportError where Telegram does not take the token, AlreadyRunningError while
    another Vigil works on the database.
    """
    identity = await telegram.wire.identity()
    before, bot = await belongs_to(database, seal), str(identity.id)
    if before is None:
        await keep_bot(database, seal, bot)
    if before in (None, bot):
        return None
    async with alone(database) as connection:
        readers = await rebind(connection, seal, bot)
        await connection.execute(delete(corrections))
        await connection.execute(update(deliveries).values(message_id=None).where(deliveries.c.message_id.is_not(None)))
        await connection.execute(update(contents).values(picture_ref=None))
    return Moved(identity.username, readers)
