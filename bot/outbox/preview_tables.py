"""The table of previews: which post of a channel was shown to its administrators before its hour."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from bot.chats.tables import RowId, metadata
from bot.database import Instant

# `state` is `shown` until somebody decides, then `wanted` or `skipped`. Kept a few days past `until`, the hour.
previews = Table(
    "previews",
    metadata,
    Column("chat", RowId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("until", Instant, nullable=False),
    Index("ix_previews_until", "until"),
)
