"""The sender's lease: of all processes on a database, one may send.

One row: holder, epoch, until. Whoever takes it takes a new epoch, and every write names its epoch,
so that a process which was stopped and wakes up later changes nothing any more. A lock of the
database's own would stay with a stopped process (measured), hence a row that runs out.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, cast, func, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.database import Database, insert_into
from bot.outbox.tables import sender

VALID_S = 4.0
RENEW_EVERY_S = 1.0
# The lease is given up a little before it runs out for the others: a request takes a moment to be written.
_MARGIN_S = 0.5
_ROW = sender.c.id == 1


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held the lease under which epoch; `token` is random, and another one for each file of `flights`."""

    epoch: int
    token: str


def boot_clock() -> float:
    """Seconds that go on while the machine sleeps, where the system counts them; never set back."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class SenderLease:
    """This process's claim to send. `exclusive` where no second process can be there (SQLite, its file locked)."""

    def __init__(self, database: Database, *, exclusive: bool, clock: Callable[[], float] = boot_clock) -> None:
        self._database = database
        self.is_exclusive = exclusive
        self._clock = clock
        self._holder = new_token()
        self._valid_until = -1.0
        self.epoch = 0
        self.before: Holding | None = None
        self._changing = asyncio.Lock()

    @property
    def is_valid(self) -> bool:
        """Whether this process may write a request at this very moment."""
        return self._clock() < self._valid_until

    @property
    def holding(self) -> Holding:
        """As it stands in the database while the lease is ours."""
        return Holding(self.epoch, self._holder)

    async def take(self) -> bool:
        """Take the lease under a new epoch; False while another process holds it. `before` is who had it last."""
        asked_at = self._clock()
        async with self._database.write() as connection:
            now = _database_now(connection.dialect.name)
            row = insert_into(connection, sender).values(id=1, holder="", epoch=0, until=_never())
            await connection.execute(row.on_conflict_do_nothing())
            last = (await connection.execute(select(sender.c.epoch, sender.c.holder).where(_ROW))).one()
            free = literal(True) if self.is_exclusive else sender.c.until < now
            taken = (
                update(sender)
                .where(_ROW, free)
                .values(holder=self._holder, epoch=sender.c.epoch + 1, until=now + _valid_ms())
                .returning(sender.c.epoch)
            )
            epoch = await connection.scalar(taken)
        if epoch is None:
            return False
        self.epoch = epoch
        self.before = Holding(last.epoch, last.holder) if last.epoch == epoch - 1 else None
        self._extend(asked_at)
        return True

    async def rename(self, token: str) -> bool:
        """Hold it under another token; False if it is not ours any more."""
        async with self._changing, self._database.write() as connection:
            ours = (_ROW, sender.c.holder == self._holder, sender.c.epoch == self.epoch)
            is_ours = bool((await connection.execute(update(sender).where(*ours).values(holder=token))).rowcount)
        if is_ours:
            self._holder = token
        return is_ours

    async def renew(self) -> bool:
        """Hold it for another while; False if it has gone to somebody else, and then it stays lost."""
        if self.is_exclusive:
            return self.is_valid
        asked_at = self._clock()
        async with self._changing, self._database.write() as connection:
            now = _database_now(connection.dialect.name)
            ours = (_ROW, sender.c.holder == self._holder, sender.c.epoch == self.epoch)
            renewed = await connection.execute(update(sender).where(*ours).values(until=now + _valid_ms()))
        if renewed.rowcount == 0:
            self._valid_until = -1.0
            return False
        self._extend(asked_at)
        return True

    async def release(self) -> None:
        """Let another process take it at once."""
        self._valid_until = -1.0
        async with self._database.write() as connection:
            ours = (_ROW, sender.c.holder == self._holder, sender.c.epoch == self.epoch)
            await connection.execute(update(sender).where(*ours).values(until=_never()))

    def _extend(self, asked_at: float) -> None:
        # Counted from before the question: the answer may have been long on its way.
        self._valid_until = float("inf") if self.is_exclusive else asked_at + VALID_S - _MARGIN_S


def new_token() -> str:
    """Nobody has had it before."""
    return secrets.token_hex(8)


def is_current(epoch: int) -> ColumnElement[bool]:
    """Whether that epoch still holds the lease, as a condition of a write."""
    return select(sender.c.id).where(_ROW, sender.c.epoch == epoch).exists()


def _database_now(dialect: str) -> ColumnElement[Any]:
    """The database's own clock in milliseconds: processes on several machines need not agree on theirs."""
    if dialect == "sqlite":
        seconds = (func.julianday("now") - 2440587.5) * 86_400
    else:
        seconds = func.extract("epoch", func.clock_timestamp())
    return cast(seconds * 1000, BigInteger)


def _valid_ms() -> ColumnElement[Any]:
    return literal(timedelta(seconds=VALID_S) // timedelta(milliseconds=1), BigInteger)


def _never() -> ColumnElement[Any]:
    return literal(0, BigInteger)
