"""`vigil correct`: what is to be corrected is written down, and carried out by whoever may send.

That is a running bot where there is one, with its lease and its limits; else this process. Written down
first, a correction survives either of them, and no message is edited by two at a time.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.agenda.occurrences import Rules
from bot.app.correcting_alone import LOOK_S, Patience, correct_alone, sender_lease
from bot.app.shelf import Shelf
from bot.chats.chat import Chat
from bot.chats.chats import Chats
from bot.chats.sealing import open_seal
from bot.database import Database
from bot.outbox.correcting_plan import plan_corrections
from bot.outbox.correcting_rows import Unreached, count_answered, count_waiting, unreached
from bot.outbox.correcting_watch import has_read_last, keep_read_last
from bot.outbox.corrections import Correction, Found, chats_with, find_corrections
from bot.outbox.erasing import erase_chat, forget_messages
from bot.outbox.holds import read_holds
from bot.outbox.place import Place
from bot.records.collection import Calendar
from bot.settings import Settings

# So long without a single message corrected, and the rest is left to whoever comes next.
PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: `waiting` messages are still to be corrected, by a running bot or the next command."""

    edited: int
    answered: int
    unreached: tuple[Unreached, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class CorrectionDesk:
    """Finds, plans and carries out corrections from the command line."""

    settings: Settings
    place: Place
    patience_s: float = PATIENCE_S

    async def find(self) -> Found:
        """Everything to be corrected."""
        return await find_corrections(self.place.database, self.place.edition(), self.place.clock())

    async def chats(self, correction: Correction, *, with_readers: bool) -> list[Chat]:
        """Where it stands, channels first; private chats only `with_readers`."""
        database, seal, now = self.place.database, self.place.seal, self.place.clock()
        return await chats_with(database, seal, correction, now, with_readers=with_readers)

    async def is_newer_than_running(self) -> bool:
        """Whether a bot is running that has read another calendar than this command."""
        if await has_read_last(self.place.database, self.place.edition()):
            return False
        async with sender_lease(self.place) as lease:
            return lease is None

    async def plan(self, found: Found) -> Mapping[int, int]:
        """Write down what is to be corrected; how many messages by the content they are to have."""
        await keep_read_last(self.place.database, self.place.edition())
        return await plan_corrections(self.place.database, found, self.place.clock())

    async def carry_out(self, planned: Mapping[int, int], progress: Callable[[int], None]) -> Result:
        """Have it done, by a running bot or here; `progress` is told how many messages still wait.

        VigilError where nothing can be sent: the token is missing, refused or another bot's.
        """
        database, seal = self.place.database, self.place.seal
        answered_before = await count_answered(database, planned)
        lost_before = len(await unreached(database, seal, planned))
        waiting = await self._done(progress)
        answered = await count_answered(database, planned) - answered_before
        lost = await unreached(database, seal, planned)
        edited = sum(planned.values()) - answered - (len(lost) - lost_before) - waiting
        return Result(max(0, edited), answered, tuple(lost), waiting)

    async def _done(self, progress: Callable[[int], None]) -> int:
        """Wait until nothing is to be corrected any more, or nothing moves; how many are left."""
        patience = Patience(self.patience_s, asyncio.get_running_loop().time)
        while left := await count_waiting(self.place.database):
            progress(left)
            async with sender_lease(self.place) as lease:
                if lease is not None:
                    return await correct_alone(self.settings, self.place, lease, patience, progress)
            if patience.is_over(left):
                break
            await asyncio.sleep(LOOK_S)
        return left


async def correction_desk(
    settings: Settings, database: Database, calendar: Calendar, clock: Callable[[], datetime]
) -> CorrectionDesk:
    """The desk over a database that is open, with what is held taken out of the calendar."""
    seal = await open_seal(database, settings.key_path)
    rules = Rules(shelf_life_days=settings.shelf_life_days, leap_day=settings.leap_day)
    shelf = Shelf(calendar, rules, settings.contact or None)
    shelf.hold(await read_holds(database))
    chats = Chats(database, seal, erasers=(erase_chat,), movers=(forget_messages,))
    return CorrectionDesk(settings, Place(database, seal, chats, lambda: shelf.edition, clock, lambda notice: None))
