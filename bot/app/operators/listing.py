"""Each day at nine the operators get the list of what is posted in a week: every day listed once, and never twice.

The list under way is written down before it is sent. What may have arrived is not sent again; the
operators are told where to look instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.agenda.occurrences import Rules
from bot.app.operators.actions import Told
from bot.app.operators.ahead import Span, days_ahead
from bot.app.operators.chat import OperatorsChat
from bot.app.operators.memory import LISTED, keep, recall, swap
from bot.database import Database
from bot.outbox.transport import Fate, TransportError
from bot.outbox.verdict import back_off
from bot.records.collection import Calendar

AT: Final = time(9)
LEAD: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """Through which day everything has been listed, and through which a list was begun that may have arrived."""

    through: date | None = None
    begun: date | None = None

    @classmethod
    def parse(cls, text: str | None) -> "Listed":
        """From the form in which it is kept."""
        days = [date.fromisoformat(day) if day != "-" else None for day in (text or "- -").split()]
        return cls(*days)

    def __str__(self) -> str:
        return f"{self.through or '-'} {self.begun or '-'}"


class Listing:
    """Lists the days ahead; for the process that sends. `zone` is the operators' own."""

    def __init__(
        self,
        chat: OperatorsChat,
        database: Database,
        calendar: Callable[[], Calendar],
        rules: Rules,
        *,
        zone: ZoneInfo,
        say: Callable[[Told], None],
    ) -> None:
        self._chat = chat
        self._database = database
        self._calendar = calendar
        self._rules = rules
        self._zone = zone
        self._say = say
        self._done_on: date | None = None
        self._failures = 0
        self._not_before: datetime | None = None

    async def list_ahead(self, now: datetime) -> None:
        """Send today's list if its hour has come and it was not sent yet."""
        local = now.astimezone(self._zone)
        today = local.date()
        if local.time() < AT or self._done_on == today or self._waits(now):
            return
        kept = await recall(self._database, LISTED)
        listed = Listed.parse(kept)
        if listed.begun is not None:
            # An earlier run began it, and it may have arrived: it counts, and is told of.
            listed = await self._in_doubt(listed)
            kept = str(listed)
        first = max(today, listed.through or today) + _DAY
        span = Span(first, today + LEAD)
        if span.first > span.last or await self._is_settled(span, kept, now):
            self._done_on = today

    def _waits(self, now: datetime) -> bool:
        return (self._not_before is not None and now < self._not_before) or self._chat.wait_s > 0

    async def _is_settled(self, span: Span, kept: str | None, now: datetime) -> bool:
        """Send a list, once it is written down instead of `kept`; False where it is to be tried again."""

        async def make() -> Told | None:
            return days_ahead(self._calendar(), span, self._rules)

        begun = Listed(span.first - _DAY, span.last)
        if not await swap(self._database, LISTED, kept, str(begun)):
            return False
        try:
            await self._chat.tell(make, now)
        except TransportError as exc:
            if exc.fate in (Fate.UNCERTAIN, Fate.LOOK_FIRST):
                await self._in_doubt(begun)
                return True
            return await self._failed(exc, kept, now)
        await keep(self._database, LISTED, str(Listed(span.last)))
        self._failures = 0
        return True

    async def _in_doubt(self, listed: Listed) -> Listed:
        first = (listed.through or date.min) + _DAY
        settled = Listed(listed.begun)
        await keep(self._database, LISTED, str(settled))
        self._say(
            Told(
                f"The list of what is posted from {first} to {listed.begun} may not have arrived. "
                f"It is not sent again: vigil upcoming --from {first} --to {listed.begun} shows it."
            )
        )
        return settled

    async def _failed(self, exc: TransportError, kept: str | None, now: datetime) -> bool:
        self._failures += 1
        self._not_before = now + back_off(self._failures)
        await keep(self._database, LISTED, kept)
        if self._failures == 1:
            _log.warning("the list of the days ahead could not be sent: tried again", reason=exc.reason)
        if exc.fate is Fate.POST_BAD:
            _log.error("the list of the days ahead was refused: `vigil upcoming` shows it", reason=exc.reason)
            return True
        return False
