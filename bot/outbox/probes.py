"""The statements about probes: silent messages by which the first id of a channel is learnt.

Each is deleted at once. One whose answer never came may still stand there: that is written down before
it is sent, and `tidying` looks for it before the id of the next.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from bot.database import insert_into
from bot.outbox.sightings import write_sightings
from bot.outbox.tables import probes


def begin_probe(connection: Connection, chat: int, now: datetime) -> None:
    """A probe is about to be sent to this channel."""
    first = insert_into(connection, probes).values(chat=chat, asked_at=now, number=1)
    another = first.on_conflict_do_update(index_elements=[probes.c.chat], set_={"number": probes.c.number + 1})
    connection.execute(another)


def see_probe(connection: Connection, chat: int, message_id: int) -> None:
    """A probe has this id: whatever else stands there of them has a lower one."""
    write_sightings(connection, {chat: message_id})
    number = probes.c.number - 1
    known = update(probes).where(probes.c.chat == chat)
    connection.execute(known.values(number=number, before_id=message_id, message_id=message_id))


def delete_probe(connection: Connection, chat: int) -> None:
    """The probe whose id was known is gone."""
    connection.execute(update(probes).where(probes.c.chat == chat).values(message_id=None))
    _forget_if_none(connection, chat)


def end_probe(connection: Connection, chat: int) -> None:
    """One that was begun surely does not stand there."""
    connection.execute(update(probes).where(probes.c.chat == chat).values(number=probes.c.number - 1))
    _forget_if_none(connection, chat)


def forget_probes(connection: Connection, chat: int) -> None:
    """None stands there, or none can be found."""
    connection.execute(delete(probes).where(probes.c.chat == chat))


def _forget_if_none(connection: Connection, chat: int) -> None:
    none_left = (probes.c.number <= 0, probes.c.message_id.is_(None))
    connection.execute(delete(probes).where(probes.c.chat == chat, *none_left))
