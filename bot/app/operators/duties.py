"""What operators can order of the outbox: send again after a stop, send again what was left, say nothing of somebody.

No button ends silence or shows a reader: whoever holds an operator's phone must not be able to do
more than a message or a restart can make good.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, cast

from bot.app.operators.actions import Actions, Offer, Told
from bot.app.operators.wording import RESEND, RESUME
from bot.chats.address import TRANSPORTS
from bot.database import Database
from bot.outbox.holds import HoldKind, hold
from bot.outbox.looking import count_left
from bot.outbox.outbox import Outbox
from bot.records.collection import Calendar

RESEND_NOW: Final = "resend-now"
HOLD: Final = "hold"
HOLD_NOW: Final = "hold-now"
POST: Final = "post"
NOTHING: Final = "nothing"

# A message holds a hundred buttons; nobody chooses among so many.
_MOST_CHOICES: Final = 30
_NO: Final = "No, leave it as it is"


class Duties:
    """The outbox's actions. `calendar` gives the calendar as it stands, without what is held."""

    def __init__(self, outbox: Outbox, database: Database, calendar: Callable[[], Calendar]) -> None:
        self._outbox = outbox
        self._database = database
        self._calendar = calendar

    def add_to(self, actions: Actions) -> None:
        """Register them all."""
        actions.add(RESUME, self._resume)
        actions.add(RESEND, self._ask_resend)
        # A second time would send once more what was left since: that is for a person to say.
        actions.add(RESEND_NOW, self._resend, repeatable=False)
        actions.add(HOLD, self._ask_hold)
        actions.add(HOLD_NOW, self._hold)
        actions.add(POST, self._post)
        actions.add(NOTHING, self._nothing)

    async def _resume(self, _: str, __: datetime) -> Told:
        halted = self._outbox.halted
        self._outbox.resume()
        if not halted:
            return Told("Nothing was stopped: sending goes on.")
        return Told(f"Sending over {', '.join(sorted(halted))} goes on.")

    async def _ask_resend(self, _: str, __: datetime) -> Told:
        number = await count_left(self._database, TRANSPORTS)
        if not number:
            return Told("Nothing waits for a decision any more.")
        return Told(
            f"Send {number} messages again? Most such messages have arrived: whoever has one gets it twice.",
            ((Offer(f"Yes, send {number} again", RESEND_NOW),), (Offer(_NO, NOTHING),)),
        )

    async def _resend(self, _: str, now: datetime) -> Told:
        return Told(f"Messages that are being sent again: {await self._outbox.resend_uncertain(now)}.")

    async def _ask_hold(self, about: str, _: datetime) -> Told:
        choices = list(self._choices(about.split()))
        if not choices:
            return Told("Nothing of it is in the calendar any more, or it is held already.")
        more = " The others: `vigil hold`." if len(choices) > _MOST_CHOICES else ""
        return Told(
            "Say nothing more of whom, or of what? Within ten seconds it is in no post, answer, list or picture, "
            f"what is already due included. Only the command line ends that (`vigil unhold`).{more}",
            (*((choice,) for choice in choices[:_MOST_CHOICES]), (Offer(_NO, NOTHING),)),
        )

    def _choices(self, records: Sequence[str]) -> Iterator[Offer]:
        """A button for each `person:ID` and `event:ID` that the calendar still has."""
        calendar = self._calendar()
        for record in records:
            kind, _, record_id = record.partition(":")
            if kind == "person" and record_id in calendar.people:
                yield Offer(f"Hold {calendar.people[record_id].names.en}", HOLD_NOW, record)
            elif kind == "event" and (record_id in calendar.events or record_id in calendar.observances):
                yield Offer(f"Hold only {record_id}", HOLD_NOW, record)

    async def _hold(self, about: str, __: datetime) -> Told:
        kind, _, record_id = about.partition(":")
        is_new = await hold(self._database, cast(HoldKind, kind), record_id)
        ends = f"`vigil unhold {kind} {record_id}` ends it."
        return Told(f"Held: {kind} {record_id}. {ends}" if is_new else f"Held already: {kind} {record_id}. {ends}")

    async def _post(self, about: str, _: datetime) -> Told:
        return Told(f"Rechecked: {about}. It is posted, and tells what was last reported and as of when.")

    async def _nothing(self, _: str, __: datetime) -> Told:
        return Told("Left as it is.")
