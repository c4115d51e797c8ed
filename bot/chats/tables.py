"""The tables of chats: who is there and what they wish. `outbox` adds its own to the same metadata.

`migrations/` says the same in its own words, frozen; a test compares the two.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import BigInteger

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column of the exact type INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

# What a whole database must agree on: the check value of the key, the bot's id.
meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# The zone, hour and wishes that chats share. Planning goes by these few rows, not by the chats:
# one INSERT … SELECT for each, and nothing to compare in a million rows. One that has lost its
# last chat is deleted, or it would tell of the chat that left.
schedules = Table(
    "schedules",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("zone", String, nullable=False),
    Column("at", SmallInteger, nullable=False),  # minutes after midnight
    Column("topics", String, nullable=False),
    Column("leads", String, nullable=False),
    Column("facts", String, nullable=False),
    Column("rhythm", String, nullable=False, server_default=text("'each'")),
    UniqueConstraint("zone", "at", "topics", "leads", "facts", "rhythm"),
)

chats = Table(
    "chats",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("transport", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("thread", BigInteger, nullable=False, server_default=text("0")),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    Column("schedule", RowId, ForeignKey("schedules.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("pause_reason", String),
    # The first day with a post, until it has come: afterwards it would only tell when somebody subscribed.
    Column("first_day", Date),
    Column("discreet", Boolean, nullable=False, server_default=text("false")),
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    Column("pictures", Boolean, nullable=False, server_default=text("true")),
    # Set with every change of zone, hour or wishes: the planner looks at such a chat by itself.
    Column("changed", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("transport", "sealed", "thread"),
    # Covers a chunk of planning: the rows themselves are not read.
    Index("ix_chats_schedule", "schedule", "state", "id", "first_day", "transport"),
    Index(
        "ix_chats_first_day",
        "schedule",
        "first_day",
        sqlite_where=text("first_day IS NOT NULL"),
        postgresql_where=text("first_day IS NOT NULL"),
    ),
    Index("ix_chats_changed", "id", sqlite_where=text("changed"), postgresql_where=text("changed")),
)

follows = Table(
    "follows",
    metadata,
    Column("chat", RowId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("person", LargeBinary, primary_key=True),  # keyed hash of the person's slug
    Index("ix_follows_person_chat", "person", "chat"),
)
