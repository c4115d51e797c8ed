"""Which chats follow somebody: people are hashed and the hashes compared, never the other way round."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.sealing import Seal
from bot.chats.tables import chats, follows
from bot.outbox.batches import IS_ACTIVE, has_begun


def followers(connection: Connection, seal: Seal, people: Collection[str], *, schedule: int, day: date) -> list[int]:
    """The active chats with this schedule, begun by that day, that follow at least one of these people."""
    hashes = [seal.follow_hash(person) for person in people]
    query = (
        select(chats.c.id)
        .distinct()
        .join_from(follows, chats)
        .where(follows.c.person.in_(hashes), chats.c.schedule == schedule, IS_ACTIVE, has_begun(day))
        .order_by(chats.c.id)
    )
    return list(connection.scalars(query))


async def followed_by(
    connection: AsyncConnection, seal: Seal, ids: Collection[int], people: Collection[str]
) -> dict[int, frozenset[str]]:
    """Whom of these people each of these chats follows; chats that follow nobody are left out."""
    rows = (await connection.execute(select(follows.c.chat, follows.c.person).where(follows.c.chat.in_(ids)))).all()
    if not rows:
        return {}
    names = {seal.follow_hash(person): person for person in people}
    followed: dict[int, set[str]] = {}
    for chat, hashed in rows:
        if hashed in names:
            followed.setdefault(chat, set()).add(names[hashed])
    return {chat: frozenset(people) for chat, people in followed.items()}
