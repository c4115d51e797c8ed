"""The statements by which the ledger writes: one for a whole group, its rows given as one parameter.

Row by row each would cost a step of its own, for which SQLite's thread and the loop take turns: with
a hundred rows and a busy loop that is what a group would wait for.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    String,
    Subquery,
    Update,
    bindparam,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.types import TypeEngine

from bot.chats.address import ChatKind
from bot.chats.chat import UNTIL
from bot.chats.tables import chats
from bot.database import Instant, milliseconds
from bot.outbox.batches import IS_ACTIVE
from bot.outbox.sightings import LAST_SEEN
from bot.outbox.tables import deliveries
from bot.outbox.verdict import State, Verdict

_SQL = {
    "sqlite": ("json_extract(value, '$[{}]')", "json_each(:given)"),
    "postgresql": ("CAST(value ->> {} AS {})", "jsonb_array_elements(CAST(:given AS jsonb))"),
}
_OURS = deliveries.c.epoch == bindparam("its_epoch")
# Failed as well: the breaker takes back what it does not believe.
_OPEN = or_(*(deliveries.c.state == state for state in (State.LEASED, State.SENDING, State.UNCERTAIN, State.FAILED)))


def mark_sending(connection: Connection, asked: Mapping[int, int], epoch: int, now: datetime) -> Collection[int]:
    """Set `sending` for those of these deliveries (each with its content) that this epoch still leases; which."""
    if not asked:
        return ()
    given = {"given": json.dumps(list(asked.items())), "its_epoch": epoch}
    mark, marked = _MARKS[connection.dialect.name]
    if connection.execute(mark, given | {"now": now}).rowcount == len(asked):
        return asked.keys()
    return frozenset(connection.scalars(marked, given))


def settle(connection: Connection, verdicts: Mapping[int, Verdict], epoch: int) -> None:
    """Write these verdicts; what another process has taken on since stays as that has it."""
    if verdicts:
        given = json.dumps([_row(delivery, verdict) for delivery, verdict in verdicts.items()])
        connection.execute(_SETTLES[connection.dialect.name], {"given": given, "its_epoch": epoch})
    _forget_former(connection, [delivery for delivery, verdict in verdicts.items() if verdict.in_group])


def _forget_former(connection: Connection, in_groups: Collection[int]) -> None:
    """Forget the messages of these groups that became supergroups while their answers were under way.

    There the same ids are those of other messages (`forget_messages` saw nothing to forget yet).
    """
    if in_groups:
        moved = select(chats.c.id).where(chats.c.id == deliveries.c.chat, chats.c.kind != ChatKind.GROUP).exists()
        connection.execute(update(deliveries).where(deliveries.c.id.in_(in_groups), moved).values(message_id=None))


def _row(delivery: int, verdict: Verdict) -> tuple[object, ...]:
    next_at = None if verdict.next_at is None else milliseconds(verdict.next_at)
    return delivery, verdict.state, verdict.reason, next_at, verdict.attempts, verdict.message_id


def _given(dialect: str, columns: Mapping[str, TypeEngine[Any]]) -> Subquery:
    """The rows of the parameter `given`: a JSON list of lists."""
    field, source = _SQL[dialect]
    fields = (f"{field.format(n, kind.compile())} AS {name}" for n, (name, kind) in enumerate(columns.items()))
    return text(f"SELECT {', '.join(fields)} FROM {source}").columns(**columns).subquery("given")  # noqa: S608 (ours)


def _marks(dialect: str) -> tuple[Update, Select[tuple[int]]]:
    """The statement that marks, and the one that tells what it has marked."""
    given = _given(dialect, {"id": BigInteger(), "content": BigInteger()})
    ours = (deliveries.c.id == given.c.id, _OURS)
    # Whoever has just unsubscribed, or asked for a rest, is not to get one more.
    rests = (chats.c.pause_reason == UNTIL) & (chats.c.first_day > deliveries.c.day)
    wanted = exists().where(chats.c.id == deliveries.c.chat, IS_ACTIVE, rests.isnot(True))
    values = {
        "state": State.SENDING,
        "content": given.c.content,
        "asked_at": bindparam("now", type_=Instant),
        "after_id": LAST_SEEN,
    }
    mark = update(deliveries).where(*ours, deliveries.c.state == State.LEASED, wanted).values(values)
    return mark, select(deliveries.c.id).where(*ours, deliveries.c.state == State.SENDING)


def _settles(dialect: str) -> Update:
    values: dict[str, TypeEngine[Any]] = {"state": String(), "reason": String(), "next_at": BigInteger()}
    values |= {"attempts": Integer(), "message_id": BigInteger()}
    given = _given(dialect, {"id": BigInteger(), **values})
    return (
        update(deliveries)
        .where(deliveries.c.id == given.c.id, _OURS, _OPEN)
        .values({name: given.c[name] for name in values})
    )


_MARKS = {dialect: _marks(dialect) for dialect in _SQL}
# The epoch keeps a process that lost the lease from settling what another has taken on since.
_SETTLES = {dialect: _settles(dialect) for dialect in _SQL}
