"""Silence: of which people, events and sources nothing is said.

Kept here and not in `calendar/`: a public list of who asked for silence would harm them. Whoever
makes an edition of the calendar reads the holds first, so that they count within a tick.
"""

import re
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, select

from bot.database import Database, insert_into
from bot.errors import VigilError
from bot.outbox.tables import holds as table

HoldKind = Literal["person", "event", "source"]

_KINDS: tuple[HoldKind, ...] = ("person", "event", "source")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class HoldError(VigilError):
    """A hold of something that no record can be."""


@dataclass(frozen=True, slots=True)
class Holds:
    """The ids of what is held, as `Calendar.without` takes them."""

    people: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def __or__(self, other: "Holds") -> "Holds":
        """What either holds."""
        return Holds(self.people | other.people, self.events | other.events, self.sources | other.sources)


async def hold(database: Database, kind: HoldKind, record_id: str) -> bool:
    """Be silent about a record from the next tick on; False if that was so already.

    The id may be of a record that comes only later; HoldError where it could be none.
    """
    _check(kind, record_id)
    async with database.write() as connection:
        statement = insert_into(connection, table).values(kind=kind, id=record_id).on_conflict_do_nothing()
        return (await connection.execute(statement)).rowcount > 0


async def unhold(database: Database, kind: HoldKind, record_id: str) -> bool:
    """End a hold; False if there was none."""
    _check(kind, record_id)
    async with database.write() as connection:
        held = await connection.execute(delete(table).where(table.c.kind == kind, table.c.id == record_id))
        return held.rowcount > 0


async def read_holds(database: Database) -> Holds:
    """Everything that is held now."""
    async with database.read() as connection:
        rows = (await connection.execute(select(table.c.kind, table.c.id))).all()
    people, events, sources = (frozenset(row.id for row in rows if row.kind == kind) for kind in _KINDS)
    return Holds(people, events, sources)


def _check(kind: str, record_id: str) -> None:
    if kind not in _KINDS:
        raise HoldError(f"found {kind!r}, expected one of {', '.join(_KINDS)}")
    if not _SLUG.fullmatch(record_id):
        raise HoldError(f"found {record_id[:60]!r}, expected the id of a {kind}, such as ihar-lednik")
