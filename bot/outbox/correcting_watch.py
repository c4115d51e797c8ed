"""Noticing that sent posts state what the calendar does not say any more, and telling so once.

Only by the calendar that was read last: a bot that runs on with an older one would take what has been
corrected since for wrong.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.chats.tables import meta
from bot.database import Database, insert_into
from bot.outbox.correcting_plan import plan_corrections
from bot.outbox.corrections import Found, find_corrections
from bot.outbox.edition import Edition
from bot.outbox.notices import ToCorrect
from bot.outbox.place import Place

_READ_LAST = "calendar_read_last"
_TOLD = "corrections_told"
# What was on its way when silence began stands in its chat by then.
_AGAIN_AFTER = timedelta(seconds=10)


class CorrectionWatch:
    """Looks for corrections whenever this process says something else than before."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._has_read = False
        self._looked_for: str | None = None
        self._look_again_at: datetime | None = None

    async def begin(self) -> None:
        """This process has just read the calendar; a second call changes nothing."""
        if not self._has_read:
            await keep_read_last(self._place.database, self._place.edition())
            self._has_read = True

    async def look(self) -> None:
        """Tell the operators of posts to be corrected, if they have not been told of them."""
        edition, now = self._place.edition(), self._place.clock()
        if edition.revision != self._looked_for:
            self._looked_for = edition.revision
            self._look_again_at = now + _AGAIN_AFTER
        elif self._look_again_at is not None and now >= self._look_again_at:
            self._look_again_at = None
        else:
            return
        if await has_read_last(self._place.database, edition):
            await self._tell(await find_corrections(self._place.database, edition, now))

    async def correct_all(self, now: datetime) -> Found | None:
        """Have everything corrected that is found now; None where this process has read an older calendar."""
        database, edition = self._place.database, self._place.edition()
        if not await has_read_last(database, edition):
            return None
        found = await find_corrections(database, edition, now)
        await plan_corrections(database, found, now)
        return found

    async def _tell(self, found: Found) -> None:
        # What somebody has ordered already is under way, or could not be reached.
        fresh = {str(one.content): one for one in found.corrections if one.messages and one.begun is None}
        told = frozenset((await _read(self._place.database, _TOLD) or "").split())
        if fresh.keys() - told:
            self._place.report(ToCorrect(len(fresh), sum(one.messages for one in fresh.values())))
        if fresh.keys() != told:
            await _write(self._place.database, _TOLD, " ".join(fresh))


async def keep_read_last(database: Database, edition: Edition) -> None:
    """Keep that the calendar of this edition is the one that was read last."""
    if not await has_read_last(database, edition):
        await _write(database, _READ_LAST, _calendar_of(edition))


async def has_read_last(database: Database, edition: Edition) -> bool:
    """Whether no other calendar was read since the one of this edition."""
    return await _read(database, _READ_LAST) == _calendar_of(edition)


def _calendar_of(edition: Edition) -> str:
    """The files alone: holds change the revision too, and are the same for every process."""
    return edition.revision.partition("-")[0]


async def _read(database: Database, name: str) -> str | None:
    async with database.read() as connection:
        value: str | None = await connection.scalar(select(meta.c.value).where(meta.c.name == name))
    return value


async def _write(database: Database, name: str, value: str) -> None:
    async with database.write() as connection:
        statement = insert_into(connection, meta).values(name=name, value=value)
        await connection.execute(statement.on_conflict_do_update(index_elements=[meta.c.name], set_={"value": value}))
