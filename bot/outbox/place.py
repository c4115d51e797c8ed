"""What every part of the outbox works with. Pure data: put together by `app`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.database import Database
from bot.outbox.edition import Edition
from bot.outbox.gauges import Counts
from bot.outbox.notices import Report
from bot.outbox.others import Others
from bot.outbox.tally import Tally

WhenUncertain = Literal["leave", "resend"]


@dataclass(frozen=True, slots=True)
class Place:
    """The database, the chats in it, the calendar as it stands, the clock (aware UTC), and whom to tell."""

    database: Database
    seal: Seal
    chats: Chats
    edition: Callable[[], Edition]
    clock: Callable[[], datetime]
    report: Report
    when_uncertain: WhenUncertain = "leave"
    tally: Tally = field(default_factory=Tally)
    counts: Counts = field(default_factory=Counts)
    others: Others = field(default_factory=Others)
