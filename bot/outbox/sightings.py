"""How far a channel's message ids have come: where looking for a doubtful message begins.

Ids run by one in each channel, so that a message of ours has one above the last seen before it.
"""

from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import Connection, select

from bot.chats.address import Address
from bot.chats.chat import Chat
from bot.database import Database, insert_into
from bot.outbox.limiter import Limiter
from bot.outbox.tables import deliveries, sightings
from bot.outbox.transport import Parcel, Transport, TransportError
from bot.posts.post import Post

_PROBE = Post("…")

# Of the chat of the delivery that is being written; null outside channels.
LAST_SEEN = select(sightings.c.message_id).where(sightings.c.chat == deliveries.c.chat).scalar_subquery()


def write_sightings(connection: Connection, seen: Mapping[int, int]) -> None:
    """Keep the highest id of each of these channels."""
    if not seen:
        return
    statement = insert_into(connection, sightings)
    higher = statement.on_conflict_do_update(
        index_elements=[sightings.c.chat],
        set_={"message_id": statement.excluded.message_id},
        where=statement.excluded.message_id > sightings.c.message_id,
    )
    connection.execute(higher, [{"chat": chat, "message_id": number} for chat, number in seen.items()])


class Sightings:
    """Sees to it that some id of a channel is known before the first post to it is written."""

    def __init__(self, database: Database, transport: Transport, limiter: Limiter) -> None:
        self._database = database
        self._transport = transport
        self._limiter = limiter
        self._known: set[int] = set()

    async def begin(self, chat: Chat) -> TransportError | None:
        """Learn a first id, by a silent message that is deleted at once; the error where that fails."""
        if chat.id in self._known:
            return None
        async with self._database.read() as connection:
            seen = await connection.scalar(select(sightings.c.message_id).where(sightings.c.chat == chat.id))
        if seen is None:
            try:
                seen = await self._probe(chat.address)
            except TransportError as exc:
                return exc
            first = {chat.id: seen}
            await self._database.transact(lambda connection: write_sightings(connection, first))
        self._known.add(chat.id)
        return None

    async def _probe(self, address: Address) -> int:
        async with self._limiter.take(address) as turn:
            turn.written()
            probe = await self._transport.send(address, Parcel(_PROBE, silent=True))
        with suppress(TransportError):  # it says nothing, and its id is what was wanted
            await self._transport.delete(address, probe.message_id)
        return probe.message_id
