"""Learning a first id of a channel before the first post to it is written.

Without one nobody could look for the post: Telegram does not tell how far a channel's ids have come.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, select

from bot.chats.chat import Chat
from bot.outbox.departure import Departure
from bot.outbox.lease import SenderLease
from bot.outbox.ledger import Ledger
from bot.outbox.limiter import Limiter, Turn
from bot.outbox.place import Place
from bot.outbox.probes import begin_probe, delete_probe, end_probe, see_probe
from bot.outbox.tables import probes, sightings
from bot.outbox.transport import Fate, Parcel, Sent, Transport, TransportError
from bot.posts.post import Post

PROBE: Final = Post("…")
_IN_DOUBT: Final = frozenset({Fate.UNCERTAIN, Fate.LOOK_FIRST})


@dataclass(slots=True, kw_only=True)
class Probing:
    """Sees to it that some id of a channel is known, by a silent message that is deleted at once.

    `objection` says why nothing is to be written now; null if it is. `tidy` is called once an earlier one
    can be looked for.
    """

    place: Place
    transport: Transport
    limiter: Limiter
    ledger: Ledger
    lease: SenderLease
    objection: Callable[[], str | None]
    tidy: Callable[[], None]
    _known: set[int] = field(default_factory=set)

    async def begin(self, chat: Chat) -> TransportError | None:
        """Learn a first id if none is known; the error where that fails."""
        if chat.id in self._known:
            return None
        async with self.place.database.read() as connection:
            seen = await connection.scalar(select(sightings.c.message_id).where(sightings.c.chat == chat.id))
            in_doubt = await connection.scalar(select(probes.c.number).where(*_unbounded(chat)))
        if seen is None or in_doubt:
            try:
                await self._probe(chat)
            except TransportError as exc:
                return exc
            if in_doubt:
                self.tidy()
        self._known.add(chat.id)
        return None

    async def _probe(self, chat: Chat) -> None:
        async with self.limiter.take(chat.address) as turn:
            probe = await self._send(chat, turn)
        # Written down at once: after a crash it can be deleted without being looked for.
        await self.ledger.join(partial(see_probe, chat=chat.id, message_id=probe.message_id))
        with suppress(TransportError):
            await self.transport.delete(chat.address, probe.message_id)
            await self.ledger.join(partial(delete_probe, chat=chat.id))

    async def _send(self, chat: Chat, turn: Turn) -> Sent:
        mark = partial(begin_probe, chat=chat.id, now=self.place.clock())
        departure = Departure(self.lease, turn, partial(self.ledger.join, mark), self.objection)
        try:
            return await self.transport.send(chat.address, Parcel(PROBE, silent=True, before_writing=departure.ask))
        except TransportError as exc:
            if departure.is_marked and (departure.refused is not None or exc.fate not in _IN_DOUBT):
                await self.ledger.join(partial(end_probe, chat=chat.id))
            raise


def _unbounded(chat: Chat) -> tuple[ColumnElement[bool], ...]:
    """Probes of a channel that cannot be looked for yet: no id is known to be behind them."""
    return (probes.c.chat == chat.id, probes.c.before_id.is_(None))
