"""What becomes of a delivery after its request. Pure: the only retry policy there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chats.address import ChatKind
from bot.outbox.transport import Fate, TransportError

_MAX_BACK_OFF_S = 60
MAX_ATTEMPTS_KEPT = 30_000


class State(StrEnum):
    """Where a delivery stands. `uncertain` may have arrived: it is looked for, never sent again blindly."""

    DUE = "due"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"
    DROPPED = "dropped"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state a delivery goes to; `next_at` is null once nothing more is to be done.

    `in_group` says that the message's id counts in a basic group, and means nothing once that is a supergroup.
    """

    state: State
    reason: str | None = None
    next_at: datetime | None = None
    attempts: int = 0
    message_id: int | None = None
    in_group: bool = False


def sent(message_id: int, attempts: int = 0, *, in_group: bool = False) -> Verdict:
    """It stands in the chat."""
    return Verdict(State.SENT, message_id=message_id, attempts=attempts, in_group=in_group)


def dropped(reason: str) -> Verdict:
    """Nobody wants it any more: held, paused, unsubscribed."""
    return Verdict(State.DROPPED, reason)


def missed() -> Verdict:
    """Its day ended first."""
    return Verdict(State.MISSED)


def due(at: datetime, *, attempts: int = 0, reason: str | None = None) -> Verdict:
    """To be sent, again or for the first time, from then on."""
    return Verdict(State.DUE, reason, at, attempts)


def uncertain(reason: str, attempts: int, now: datetime) -> Verdict:
    """It may have arrived: to be looked for at once."""
    return Verdict(State.UNCERTAIN, reason, now, attempts)


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: one second, doubling to sixty."""
    return timedelta(seconds=min(_MAX_BACK_OFF_S, 2 ** min(max(0, attempts - 1), 10)))


def after_error(error: TransportError, kind: ChatKind, attempts: int, now: datetime) -> Verdict:
    """What follows from a transport's error; a chat's pause, a mend or a new address is the caller's.

    A 500-503 in a channel may have arrived and can be looked for; elsewhere it is taken for passing,
    the one known risk (docs/reliability.md).
    """
    attempts = min(attempts + 1, MAX_ATTEMPTS_KEPT)
    match error.fate:
        case Fate.CHAT_GONE:
            return Verdict(State.FAILED, error.reason, attempts=attempts)
        case Fate.UNCERTAIN:
            return uncertain(error.reason, attempts, now)
        case Fate.LOOK_FIRST if kind is ChatKind.CHANNEL:
            return uncertain(error.reason, attempts, now)
        case Fate.POST_BAD | Fate.MIGRATED | Fate.STOP:
            return due(now, attempts=attempts, reason=error.reason)
        case _:
            wait = back_off(attempts)
            if error.retry_after_s is not None:
                wait = timedelta(seconds=error.retry_after_s)
            return due(now + wait, attempts=attempts, reason=error.reason)


def after_look(found: int | None, attempts: int, *, now: datetime, expires_at: datetime) -> Verdict:
    """What follows from having looked: there it stands, or surely not, and then it is due while its day lasts."""
    if found is not None:
        return sent(found, attempts)
    return due(now, attempts=attempts, reason="not_there") if now < expires_at else missed()


def left(reason: str | None, attempts: int, expires_at: datetime) -> Verdict:
    """Nobody can look: a person decides while the day lasts (`next_at` is its end), then it stays uncertain."""
    return Verdict(State.UNCERTAIN, reason, expires_at, attempts)
