"""How far a channel's message ids have come: where looking for a doubtful message begins.

Ids run by one in each channel, so that a message of ours has one above the last seen before it.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from bot.database import insert_into
from bot.outbox.tables import deliveries, sightings

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
