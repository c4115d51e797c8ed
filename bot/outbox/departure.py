"""The last moment before a request is written: what it makes is on the disk, and this process may still send.

Everything that takes time comes before: a turn, the connection, the request itself. So between this
moment and the write lie microseconds, in which a kill leaves doubt where there need be none.
"""

from collections.abc import Awaitable, Callable

from bot.outbox.lease import SenderLease
from bot.outbox.limiter import Turn
from bot.outbox.transport import Fate, TransportError


class Departure:
    """One request's: `ask` is awaited before it is written, and before each piece of a long one.

    `mark` writes down that it is being written, and says whether it may be. `objection` says, without
    waiting, why it is not to be written after all; null if it is. `written` is told that now it is.
    """

    def __init__(
        self,
        lease: SenderLease,
        turn: Turn,
        mark: Callable[[], Awaitable[bool]],
        objection: Callable[[], str | None],
        *,
        written: Callable[[], None] = lambda: None,
    ) -> None:
        self._lease = lease
        self._turn = turn
        self._mark = mark
        self._objection = objection
        self._written = written
        self.is_marked = False
        self.refused: str | None = None

    async def ask(self) -> None:
        """Return if the request may be written now; TransportError if not, and `refused` says why."""
        if not self.is_marked:
            if (reason := self._objection()) is not None:
                self._refuse(reason)
            if not await self._mark():
                self._refuse("not_ours")
            self.is_marked = True
        # Marking waited for the disk, and perhaps for whoever stopped this process: others may be sending by now.
        if not self._lease.is_valid:
            self._refuse("lease")
        self._written()
        self._turn.written()

    def _refuse(self, reason: str) -> None:
        self.refused = reason
        raise TransportError(Fate.PASSING, reason)
