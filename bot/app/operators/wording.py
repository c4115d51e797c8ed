"""Notices in words, for a person who has to decide something, with the buttons that carry her decision out.

Pure. Counts and codes only: no chat id, name or text stands in a notice, so none can get out here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.app.operators.actions import Offer, Told
from bot.outbox.notices import (
    Corrected,
    Doubted,
    Late,
    LeftUncertain,
    Mended,
    Missed,
    Notice,
    Paused,
    Stopped,
    ToCorrect,
    Trouble,
)

RESUME, RESEND, CORRECT = "resume", "resend", "correct"
_HOUR_MIN = 60


def together(notices: Sequence[Notice]) -> Told:
    """All of them in one message, each with its button."""
    offers = dict.fromkeys(offer for notice in notices if (offer := _offer(notice)) is not None)
    return Told("\n\n".join(told(notice) for notice in notices), tuple((offer,) for offer in offers))


def told(notice: Notice) -> str:  # noqa: PLR0911 (one return a notice)
    """What happened, and what is to be decided."""
    match notice:
        case Missed(by_day):
            return (
                f"Missed, since the day was over before they could be sent ({_days(by_day)}). They are not sent late."
            )
        case LeftUncertain(new, total):
            return _left(new, total)
        case Paused(by_reason):
            return f"Chats paused, since they cannot be reached any more ({_reasons(by_reason)})."
        case Doubted(transport, by_reason):
            return (
                f"No chat could be reached over {transport} since the start, and some refuse for good "
                f"({_reasons(by_reason)}). Is the token the right bot's? None was paused; they are tried again "
                "every ten minutes until their day ends."
            )
        case Stopped(transport, reason, refused):
            after = f" after {refused} refusals" if refused else ""
            return (
                f"Sending over {transport} has stopped ({reason}{after}). No chat was paused. "
                "Look into the cause first: then the operators' button resumes it, or a restart."
            )
        case Mended(reason, records, given_up):
            outcome = "and was given up" if given_up else "and was changed for everyone"
            about = f" about {', '.join(records)}" if records else ""
            return f"A post{about} was refused ({reason}) {outcome}."
        case Late():
            return _late(notice)
        case ToCorrect(posts, messages):
            return (
                f"Posts already sent state what the calendar does not say any more: {posts}, in {messages} messages. "
                "`vigil correct --dry-run` shows both texts and the chats."
            )
        case Corrected(edited, answered, unreached):
            reasons = ", ".join(f"{reason}: {number}" for reason, number in sorted(unreached.items()))
            return f"Corrected: {edited} messages edited, {answered} answered. Not reached: {reasons or 'none'}."
        case Trouble(reason):
            return f"The outbox cannot work ({reason}). It goes on trying."


def nameless(notice: Notice) -> Notice:
    """The notice for a log, without the ids of records: that of a person is made of the name."""
    return replace(notice, records=()) if isinstance(notice, Mended) else notice


def _left(new: int, total: int) -> str:
    if not new:
        return f"Messages of an earlier run that may or may not have arrived, and wait for your decision: {total}."
    return (
        f"Messages that may or may not have arrived, and cannot be looked for: {new}. "
        f"They were not sent again; with earlier ones, {total} wait for your decision until their day ends."
    )


def _late(late: Late) -> str:
    rate = f"at {late.rate_per_s:g} a second"
    held = f", after {late.held_s:.0f} s in which nothing may be sent," if late.held_s >= 1 else ""
    return (
        f"{late.deliveries} of {late.waiting} messages that are due cannot be sent before their day ends: {rate}{held} "
        f"the queue lasts {_span(late.lasts_s)}, and the first of these days ends at {late.until:%d %B, %H:%M} UTC."
    )


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return (
        f"{minutes // _HOUR_MIN} h {minutes % _HOUR_MIN:02} min" if minutes >= _HOUR_MIN else f"{max(1, minutes)} min"
    )


def _reasons(by_reason: Mapping[str, int]) -> str:
    return ", ".join(f"{reason}: {number}" for reason, number in sorted(by_reason.items()))


def _days(by_day: Mapping[date, int]) -> str:
    return ", ".join(f"{day.isoformat()}: {number}" for day, number in sorted(by_day.items()))


def _offer(notice: Notice) -> Offer | None:
    match notice:
        case Stopped():
            return Offer("Resume sending", RESUME)
        case LeftUncertain():
            return Offer("Send them again …", RESEND)
        case ToCorrect():
            return Offer("Correct them …", CORRECT)
        case _:
            return None
