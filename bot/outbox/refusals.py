"""What else follows from a transport's error than the delivery's verdict: pauses, mends, moves, holds, the stop."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from bot.chats.address import ChatKind
from bot.outbox.breaker import Breaker, Gone
from bot.outbox.contents import Content, Contents
from bot.outbox.leasing import Leased, due_on
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import Limiter
from bot.outbox.notices import Doubted, Mended, Stopped
from bot.outbox.place import Place
from bot.outbox.transport import Fate, Mend, TransportError
from bot.outbox.verdict import State, Verdict, after_error, due
from bot.outbox.waits import Floods

# So many passing errors in a row are an outage: then all wait, instead of each chat finding out for itself.
_OUTAGE_ERRORS = 10
_LONGEST_OUTAGE_WAIT_S = 15.0
_DOUBT_WAIT = timedelta(minutes=10)


class Refusals:
    """Acts on the errors of one transport under one epoch."""

    def __init__(self, place: Place, transport: str, limiter: Limiter, contents: Contents, ledger: Ledger) -> None:
        self._place = place
        self._ledger = ledger
        self._transport = transport
        self._limiter = limiter
        self._contents = contents
        self._breaker = Breaker()
        self._passing_in_a_row = 0
        self._outage_wait_s = 0.0
        self._sent = 0
        self._halted: str | None = None
        self._has_told_doubt = False
        self.doubts_clock = False

    @property
    def why_not(self) -> str | None:
        """Why nothing may be sent now; null if it may."""
        return self._halted or ("clock" if self.doubts_clock else None)

    async def succeeded(self, delivery: Leased) -> None:
        """A message arrived: the token is ours and the transport works."""
        self._sent += 1
        self._passing_in_a_row = 0
        self._outage_wait_s = 0.0
        await self._pause(self._breaker.succeeded(delivery.chat.id))

    async def broadcast_ended(self) -> None:
        """Nothing is due and nothing in hand."""
        self._sent = 0
        await self._pause(self._breaker.ended())
        self._try_again(self._breaker.doubted())

    async def before_sending(self, delivery: Leased, content: Content, error: TransportError) -> Verdict:
        """The verdict on a delivery that was never written, since something before it failed."""
        if error.fate in (Fate.UNCERTAIN, Fate.LOOK_FIRST):
            error = TransportError(Fate.PASSING, error.reason)
        return await self.after(delivery, content, error)

    async def after(self, delivery: Leased, content: Content, error: TransportError) -> Verdict:
        """Do what an error asks for, and return the delivery's verdict."""
        verdict = after_error(error, delivery.chat.kind, delivery.attempts, self._place.clock())
        match error.fate:
            case Fate.CHAT_GONE:
                return await self._gone(delivery, error, verdict)
            case Fate.POST_BAD:
                return await self._bad_post(content, error, verdict)
            case Fate.MIGRATED if error.migrate_to is not None:
                moved = replace(delivery.address, chat=error.migrate_to, kind=ChatKind.SUPERGROUP)
                await self._place.chats.migrate(delivery.address, moved)
            case Fate.STOP:
                self.halt(error.reason)
            case Fate.PASSING | Fate.LOOK_FIRST:
                await self._passing(delivery, error)
        return verdict

    def halt(self, reason: str, refused: int = 0) -> None:
        """Send nothing more; told once."""
        if self._halted is None:
            self._halted = reason
            self._place.report(Stopped(self._transport, reason, refused))

    def resume(self) -> None:
        """Send again: somebody has looked into it."""
        self._breaker.reset()
        self._halted = None

    async def _gone(self, delivery: Leased, error: TransportError, verdict: Verdict) -> Verdict:
        breaker = self._breaker
        breaker.gone(Gone(delivery.chat.id, delivery.id, error.reason, error.knows_us))
        if breaker.wants_size:
            breaker.sized(await self._size())
        if not breaker.is_open:
            return verdict
        self.halt("breaker", breaker.refused)
        again = due(self._place.clock(), attempts=verdict.attempts, reason="breaker")
        for suspect in breaker.disbelieved():
            self._ledger.settle(suspect.delivery, again)
        return again

    def _try_again(self, doubted: list[Gone]) -> None:
        """Nothing was ever sent, so that it may be the bot's fault: they are asked again until their day ends."""
        later = due(self._place.clock() + _DOUBT_WAIT, reason="breaker")
        for suspect in doubted:
            self._ledger.settle(suspect.delivery, later)
        if doubted and not self._has_told_doubt:
            self._has_told_doubt = True
            self._place.report(Doubted(self._transport, Counter(suspect.reason for suspect in doubted)))

    async def _size(self) -> int:
        """How many chats this broadcast has: those served and those still due."""
        async with self._place.database.read() as connection:
            waiting: int | None = await connection.scalar(select(func.count()).where(*due_on(self._transport)))
        return self._sent + self._breaker.refused + (waiting or 0)

    async def _bad_post(self, content: Content, error: TransportError, verdict: Verdict) -> Verdict:
        if error.mend is Mend.NO_PICTURE and await self._contents.forget_name(content):
            return verdict
        known = self._contents.is_current(content)
        if self._contents.mend(content, error.mend):
            if known:
                self._place.report(Mended(error.reason, content.post.records))
            return verdict
        self._place.report(Mended(error.reason, content.post.records, given_up=True))
        return Verdict(State.FAILED, error.reason, attempts=verdict.attempts)

    async def _passing(self, delivery: Leased, error: TransportError) -> None:
        if error.retry_after_s is not None:
            await self._flooded(delivery, error.retry_after_s)
            return
        self._passing_in_a_row += 1
        if self._passing_in_a_row >= _OUTAGE_ERRORS and not self._limiter.all_held_s:
            self._outage_wait_s = min(_LONGEST_OUTAGE_WAIT_S, max(1.0, self._outage_wait_s * 2))
            self._limiter.hold_all(self._outage_wait_s)

    async def _flooded(self, delivery: Leased, seconds: float) -> None:
        self._limiter.hold(delivery.address, seconds)
        floods = Floods(self._place.database, self._transport, self._limiter)
        await floods.keep(delivery.chat.id, seconds, self._place.clock())

    async def _pause(self, gone: list[Gone]) -> None:
        for suspect in gone:
            await self._place.chats.pause(suspect.chat, suspect.reason)
            self._place.tally.paused(suspect.reason)
