"""What the outbox has to tell its operators. Pure data, counts and codes only: `app` words and sends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """Deliveries of these days whose day ended before they could be sent."""

    by_day: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class LeftUncertain:
    """Sends whose fate cannot be found out, told together; `total` counts all that wait for a decision.

    `new` is 0 where those of an earlier run are told of.
    """

    new: int
    total: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Chats that cannot be reached any more, by the transport's reason."""

    by_reason: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doubted:
    """Chats that refused for good, by the transport's reason, while not one other was ever reached.

    None was paused, since it may be the bot's fault; they are tried again until their day ends.
    """

    transport: str
    by_reason: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing more is sent until somebody resumes: `breaker`, or the reason the transport gave."""

    transport: str
    reason: str
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """A post was changed for everyone since the transport refused it as it was; `given_up` if that did not help."""

    reason: str
    records: tuple[str, ...]
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """So many deliveries cannot be sent before their chats' day ends, the first of them at `until`.

    `waiting` are all that are due, `held_s` is for how long nothing may be sent, `lasts_s` until all were.
    """

    deliveries: int
    until: datetime
    waiting: int
    rate_per_s: float
    held_s: float
    lasts_s: float


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """Posts within reach that state what the calendar does not say any more, and in how many messages."""

    posts: int
    messages: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of corrections: messages edited, answered, and not reached by reason."""

    edited: int
    answered: int
    unreached: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Trouble:
    """The database or the clock keeps the outbox from working; it goes on trying."""

    reason: str


Notice = Missed | LeftUncertain | Paused | Doubted | Stopped | Mended | Late | ToCorrect | Corrected | Trouble
# Must return at once.
Report = Callable[[Notice], None]
