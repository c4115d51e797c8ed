"""What the outbox has to tell becomes a line in the log and, where set, a message to the operators.

Counts and codes only: no chat id, name or text stands in a notice, so none can get out here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.outbox.notices import Late, LeftUncertain, Mended, Missed, Notice, Paused, Stopped, Trouble
from bot.outbox.transport import TransportError
from bot.posts.post import Post

_log = structlog.get_logger(__name__)
_WAITING = 100


class Reporting:
    """Takes notices at once and sends them one after another; `send` reaches the operators, null where none are set."""

    def __init__(self, send: Callable[[Post], Awaitable[None]] | None) -> None:
        self._send = send
        self._notices: asyncio.Queue[Notice] = asyncio.Queue(_WAITING)

    def __call__(self, notice: Notice) -> None:
        """Log a notice and have it sent; returns at once."""
        _log.warning(told(notice))
        if self._send is not None:
            # A hundred that could not be sent are reason enough for a person to look; the log has all.
            with suppress(asyncio.QueueFull):
                self._notices.put_nowait(notice)

    async def run(self) -> None:
        """Send notice after notice until cancelled."""
        while True:
            notice = await self._notices.get()
            if self._send is not None:
                try:
                    await self._send(Post(told(notice)))
                except TransportError as exc:
                    _log.warning("the operators could not be told", reason=exc.reason)


def told(notice: Notice) -> str:  # noqa: PLR0911 (one return a notice)
    """The notice in words, for a person who has to decide something."""
    match notice:
        case Missed(by_day):
            days = ", ".join(f"{day.isoformat()}: {number}" for day, number in sorted(by_day.items()))
            return f"Missed, since the day was over before they could be sent ({days}). They are not sent late."
        case LeftUncertain(new, total):
            return (
                f"{new} messages may or may not have arrived, and cannot be looked for. "
                f"They were not sent again; {total} such in all."
            )
        case Paused(by_reason):
            reasons = ", ".join(f"{reason}: {number}" for reason, number in sorted(by_reason.items()))
            return f"Chats paused, since they cannot be reached any more ({reasons})."
        case Stopped(transport, reason, refused):
            after = f" after {refused} refusals" if refused else ""
            return f"Sending over {transport} has stopped ({reason}{after}). No chat was paused. A restart resumes it."
        case Mended(reason, records, given_up):
            what = ", ".join(records)
            outcome = "and was given up" if given_up else "and was changed for everyone"
            return f"A post about {what} was refused ({reason}) {outcome}."
        case Late(deliveries, until):
            return f"{deliveries} messages cannot be sent before their day ends at {until:%H:%M} UTC, at this rate."
        case Trouble(reason):
            return f"The outbox cannot work ({reason}). It goes on trying."
