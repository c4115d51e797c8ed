"""Taking one delivery as far as it gets now: to its chat, or to a verdict why not.

Its content, its turn and its connection are in hand before `sending` is written, and the request is
written immediately after (`departure`). Nothing here retries: a verdict says when it is due again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.chats.address import ChatKind
from bot.outbox.contents import Content, Contents
from bot.outbox.departure import Departure
from bot.outbox.flights import Flights
from bot.outbox.lease import SenderLease
from bot.outbox.leasing import Leased
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import Limiter, Turn, WithdrawnError
from bot.outbox.place import Place
from bot.outbox.previews import SKIPPED
from bot.outbox.probing import Probing
from bot.outbox.refusals import Refusals
from bot.outbox.transport import Fate, Parcel, Transport, TransportError
from bot.outbox.verdict import Verdict, dropped, due, missed, sent, uncertain

_log = structlog.get_logger(__name__)

# Whoever must wait longer for its own chat's limit gives its worker to another.
_PATIENCE_S = 2.0


@dataclass(slots=True, kw_only=True)
class Courier:
    """Carries deliveries over one transport under one epoch. `look` is called when something is to be looked for."""

    place: Place
    transport: Transport
    limiter: Limiter
    ledger: Ledger
    lease: SenderLease
    flights: Flights
    look: Callable[[], None]
    refusals: Refusals = field(init=False)
    is_stopping: bool = False
    _contents: Contents = field(init=False)
    _probing: Probing = field(init=False)

    def __post_init__(self) -> None:
        place, transport = self.place, self.transport
        self._contents = Contents(place.database, transport.name, transport.limits, place.edition)
        self.refusals = Refusals(place, transport.name, self.limiter, self._contents, self.ledger)
        self._probing = Probing(
            place=place,
            transport=transport,
            limiter=self.limiter,
            ledger=self.ledger,
            lease=self.lease,
            objection=lambda: self._objection(None),
            tidy=self.look,
        )

    async def carry(self, delivery: Leased) -> Verdict:
        """Take one delivery as far as it gets now."""
        if (verdict := self._not_now(delivery)) is not None:
            return verdict
        content = await self._contents.of(delivery)
        if content is None:
            return dropped("nothing_to_say")
        try:
            if delivery.chat.kind is ChatKind.CHANNEL and (error := await self._probing.begin(delivery.chat)):
                if (reason := self._objection(None)) is not None:
                    return due(self.place.clock(), attempts=delivery.attempts, reason=reason)
                return await self.refusals.before_sending(delivery, content, error)
            silent = delivery.chat.silent
            async with content.parcel(silent=silent) as parcel, self.limiter.take(delivery.address) as turn:
                return await self._send(delivery, content, parcel, turn)
        except WithdrawnError:
            wait_s = self.limiter.all_held_s
            return due(self.place.clock() + timedelta(seconds=wait_s), attempts=delivery.attempts, reason="limit")

    def _not_now(self, delivery: Leased) -> Verdict | None:
        """Why it is not to be sent, or not by this worker; null if it is."""
        now = self.place.clock()
        if delivery.chat.state != "active":
            return dropped(delivery.chat.state)
        if delivery.is_before_first_day:
            return dropped("resting")
        if delivery.is_skipped:
            return dropped(SKIPPED)
        if now >= delivery.expires_at:
            self.place.tally.missed({delivery.day: 1})
            return missed()
        wait_s = max(self.limiter.wait_s(delivery.address), self.limiter.all_held_s)
        if _PATIENCE_S < wait_s < float("inf"):
            return due(now + timedelta(seconds=wait_s), attempts=delivery.attempts, reason="limit")
        return None

    async def _send(self, delivery: Leased, content: Content, parcel: Parcel, turn: Turn) -> Verdict:
        departure = Departure(
            self.lease,
            turn,
            lambda: self.ledger.mark_sending(delivery.id, content.id),
            lambda: self._objection(content),
            written=lambda: self.flights.written(delivery.id),
        )
        try:
            arrived = await self.transport.send(delivery.address, replace(parcel, before_writing=departure.ask))
        except TransportError as exc:
            if departure.refused is not None:
                # Forgotten, unsubscribed or taken over: where it is still ours, the next lease says which.
                return due(self.place.clock(), attempts=delivery.attempts, reason=departure.refused)
            self.place.counts.send(self.transport.name, exc.fate)
            return await self.refusals.after(delivery, content, exc)
        except Exception as exc:  # it may have been written: never again blindly
            if not departure.is_marked:
                raise
            _log.error("sending_failed", error=type(exc).__name__)
            self.place.counts.send(self.transport.name, Fate.UNCERTAIN)
            return uncertain("defect", delivery.attempts + 1, self.place.clock())
        self.flights.arrived(delivery.id, arrived.message_id)
        self.place.tally.sent += 1
        self.place.counts.send(self.transport.name, None)
        await self.refusals.succeeded(delivery)
        await self._contents.uploaded(content, arrived.picture_ref)
        if delivery.chat.kind is ChatKind.CHANNEL:
            self.ledger.see(delivery.chat.id, arrived.message_id)
        return sent(arrived.message_id, delivery.attempts, in_group=delivery.chat.kind is ChatKind.GROUP)

    def _objection(self, content: Content | None) -> str | None:
        """Why nothing, or nothing of this, is to be written; null if it is."""
        if self.is_stopping:
            return "stopping"
        if content is not None and not self._contents.is_current(content):
            return "outdated"
        return self.refusals.why_not
