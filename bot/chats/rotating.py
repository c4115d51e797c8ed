"""Sealing everything anew under another key, within a transaction of the caller's.

A followed person is stored as a keyed hash, which cannot be opened: the hash under the new key is
made from the people that the calendar knows, and follows of anybody else are lost.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.belonging import BOT
from bot.chats.sealing import CHECK, Seal
from bot.chats.tables import chats, follows, meta

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sealed:
    """How much a key seals: chats, follows, and those of them that another key would lose."""

    chats: int
    follows: int
    lost: int


async def sealed_by(connection: AsyncConnection, seal: Seal, people: Collection[str]) -> Sealed:
    """What there is to be sealed anew; `people` are all whom the calendar knows, held ones too."""
    number = await connection.scalar(select(func.count()).select_from(chats)) or 0
    by_person = await _follows(connection)
    known = {seal.follow_hash(person) for person in people}
    lost = sum(count for person, count in by_person.items() if person not in known)
    return Sealed(number, sum(by_person.values()), lost)


async def reseal(
    connection: AsyncConnection,
    seals: tuple[Seal, Seal],
    people: Collection[str],
    progress: Callable[[int], None] = lambda chats: None,
) -> None:
    """Open with the first seal and close with the second whatever the database keeps sealed."""
    await _reseal_chats(connection, seals, progress)
    await _reseal_follows(connection, seals, people)
    old, new = seals
    await connection.execute(update(meta).where(meta.c.name == CHECK).values(value=new.check))
    bot: str | None = await connection.scalar(select(meta.c.value).where(meta.c.name == BOT))
    if bot is not None:
        sealed = new.seal(BOT, old.open(BOT, bytes.fromhex(bot))).hex()
        await connection.execute(update(meta).where(meta.c.name == BOT).values(value=sealed))


async def _reseal_chats(connection: AsyncConnection, seals: tuple[Seal, Seal], progress: Callable[[int], None]) -> None:
    old, new = seals
    after = 0
    while True:
        query = select(chats.c.id, chats.c.transport, chats.c.sealed).where(chats.c.id > after)
        rows = (await connection.execute(query.order_by(chats.c.id).limit(_AT_ONCE))).all()
        if not rows:
            return
        values = [
            {"its_id": number, "its_sealed": new.seal(transport, old.open(transport, sealed))}
            for number, transport, sealed in rows
        ]
        await connection.execute(_RESEAL, values)
        after = rows[-1].id
        progress(len(rows))


async def _reseal_follows(connection: AsyncConnection, seals: tuple[Seal, Seal], people: Collection[str]) -> None:
    old, new = seals
    known = {old.follow_hash(person): new.follow_hash(person) for person in people}
    for person in await _follows(connection):
        same = follows.c.person == person
        if person in known:
            await connection.execute(update(follows).where(same).values(person=known[person]))
        else:
            await connection.execute(delete(follows).where(same))


async def _follows(connection: AsyncConnection) -> Mapping[bytes, int]:
    """How many follow whom, by hash."""
    counted = select(follows.c.person, func.count().label("number")).group_by(follows.c.person)
    return {row.person: row.number for row in await connection.execute(counted)}


_RESEAL = update(chats).where(chats.c.id == bindparam("its_id")).values(sealed=bindparam("its_sealed"))
