"""What the outbox has to tell becomes a line in the log and, where set, a message to the operators.

Whatever comes together is told together. What cannot be told now is tried again, with what has come since.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Final

import structlog

from bot.app.operators.actions import Told
from bot.app.operators.board import Board
from bot.app.operators.chat import OperatorsChat
from bot.app.operators.memory import MISSED, keep, recall
from bot.app.operators.wording import nameless, together, told
from bot.database import Database
from bot.database_errors import DatabaseError
from bot.outbox.notices import Missed, Notice
from bot.outbox.transport import Fate, TransportError
from bot.outbox.verdict import back_off

# A second message about the same is better than none, since nothing of it is sent on to readers.
_DOUBTFUL: Final = "Perhaps told before. "

# Of the five seconds in which a run ends.
_LAST_WORDS_S: Final = 1.0

_log = structlog.get_logger(__name__)


class Reporting:
    """Takes notices at once and tells them; without `chat` they go to the log alone."""

    def __init__(
        self,
        chat: OperatorsChat | None,
        database: Database,
        clock: Callable[[], datetime],
        *,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat = chat
        self._database = database
        self._clock = clock
        self._elapsed = elapsed
        self._board = Board()
        self._sayings: deque[Told] = deque()
        self._in_hand: Told | list[Notice] | None = None
        self._is_doubtful = False
        self._failures = 0
        self._something = asyncio.Event()
        self._ending = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._new_missed = False

    def __call__(self, notice: Notice) -> None:
        """Log a notice and have it told; returns at once."""
        _log.warning(told(nameless(notice)))
        if self._chat is not None:
            self._board.add(notice, self._elapsed())
            self._new_missed |= isinstance(notice, Missed)
            self._something.set()

    def say(self, what: Told) -> None:
        """Have something told at once, before the notices that wait; returns at once."""
        if self._chat is not None:
            self._sayings.append(what)
            self._something.set()

    async def recall(self) -> None:
        """Take up what an earlier run missed and had not told yet: for the process that sends."""
        if self._chat is None:
            return
        with suppress(DatabaseError):
            if (kept := await recall(self._database, MISSED)) is not None:
                by_day = {date.fromisoformat(day): int(number) for day, number in json.loads(kept).items()}
                self(Missed(by_day))

    async def finish(self) -> None:
        """Tell what waits, once and within a moment: `run` ends then."""
        self._ending.set()
        self._something.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), _LAST_WORDS_S)

    async def run(self) -> None:
        """Tell until cancelled, or finished."""
        self._ended.clear()
        try:
            while await self._opened():
                delay_s = await self._tell()
                if delay_s and self._ending.is_set():
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), delay_s)
        finally:
            self._ended.set()

    async def _opened(self) -> bool:
        """Return once there is something to tell; False where there is nothing any more."""
        while True:
            self._something.clear()
            if self._new_missed:
                await self._keep_missed()
            opens_at = self._board.opens_at()
            wait_s = max(0.0, opens_at - self._elapsed())
            if self._sayings or not wait_s or (self._ending.is_set() and opens_at < float("inf")):
                return True
            if self._ending.is_set():
                return False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._something.wait(), wait_s if wait_s < float("inf") else None)

    async def _tell(self) -> float:
        """Tell one message; how long to wait before the next, 0 unless this one failed."""
        assert self._chat is not None  # noqa: S101 (nothing is on the board without it)
        try:
            await self._chat.tell(self._next, self._clock())
        except TransportError as exc:
            return self._failed(exc)
        await self._succeeded()
        return 0.0

    async def _next(self) -> Told | None:
        if self._sayings:
            self._in_hand = what = self._sayings.popleft()
        else:
            self._in_hand = notices = self._board.take()
            if not notices:
                return None
            what = together(notices)
        return Told(_DOUBTFUL + what.text, what.offers) if self._is_doubtful else what

    async def _succeeded(self) -> None:
        if self._failures:
            _log.info("the operators can be told again")
        self._failures, self._is_doubtful = 0, False
        in_hand, self._in_hand = self._in_hand, None
        if isinstance(in_hand, list):
            self._board.told(in_hand, self._elapsed())
            if any(isinstance(notice, Missed) for notice in in_hand):
                await self._keep_missed()

    def _failed(self, exc: TransportError) -> float:
        self._failures += 1
        if self._failures == 1:
            _log.warning("the operators could not be told: tried again", reason=exc.reason)
        in_hand, self._in_hand = self._in_hand, None
        if exc.fate is Fate.POST_BAD:
            _log.error("what the operators were to be told was refused and is dropped: the log has it")
        elif isinstance(in_hand, Told):
            self._sayings.appendleft(in_hand)
        elif in_hand is not None:
            self._board.put_back(in_hand)
        self._is_doubtful = exc.fate is Fate.UNCERTAIN or (self._is_doubtful and exc.fate is not Fate.POST_BAD)
        return back_off(self._failures).total_seconds()

    async def _keep_missed(self) -> None:
        """Write down what was missed and is still to be told: it stands nowhere else, and a restart would lose it."""
        self._new_missed = False
        missed = self._board.missed()
        kept = json.dumps({day.isoformat(): number for day, number in missed.items()}) if missed else None
        try:
            await keep(self._database, MISSED, kept)
        except DatabaseError as exc:
            _log.warning("what was missed and not yet told could not be written down", reason=exc.reason)
