"""Whether a queue can be sent before its chats' days end."""

from datetime import datetime

from sqlalchemy import func, select

from bot.database import Database
from bot.outbox.leasing import due_on
from bot.outbox.notices import Late
from bot.outbox.tables import deliveries


async def lateness(database: Database, transport: str, rate_per_s: float, now: datetime) -> Late | None:
    """How many due deliveries would come too late at this rate, and by when they were due; None if none would."""
    by_end = (
        select(deliveries.c.expires_at, func.count())
        .where(*due_on(transport), deliveries.c.expires_at > now)
        .group_by(deliveries.c.expires_at)
        .order_by(deliveries.c.expires_at)
    )
    async with database.read() as connection:
        groups = (await connection.execute(by_end)).all()
    served = late = 0
    until = now
    for expires_at, waiting in groups:
        in_time = int((expires_at - now).total_seconds() * rate_per_s) - served
        if waiting > in_time:
            late += waiting - max(0, in_time)
            until = expires_at
        served += min(waiting, max(0, in_time))
    return Late(late, until) if late else None
