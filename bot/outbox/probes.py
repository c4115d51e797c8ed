"""The statements about probes: silent messages by which the first id of a channel is learnt.

Each is deleted at once. One whose answer never came may still stand there: that is written down before
it is sent, and `tidying` looks for it behind the id of the next.
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


def end_probe(connection: Connection, chat: int) -> None:
    """One probe surely does not stand there any more."""
    here = probes.c.chat == chat
    connection.execute(update(probes).where(here).values(number=probes.c.number - 1))
    connection.execute(delete(probes).where(here, probes.c.number <= 0))


def see_probe(connection: Connection, chat: int, message_id: int, *, is_gone: bool) -> None:
    """A probe had this id, and was deleted, or could not be: whatever else stands there of them has a lower one."""
    write_sightings(connection, {chat: message_id})
    if is_gone:
        end_probe(connection, chat)
    before_id = message_id if is_gone else message_id + 1
    connection.execute(update(probes).where(probes.c.chat == chat).values(before_id=before_id))


def forget_probes(connection: Connection, chat: int) -> None:
    """None stands there, or none can be found."""
    connection.execute(delete(probes).where(probes.c.chat == chat))
