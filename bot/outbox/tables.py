"""The tables of the outbox, on the metadata of `chats`.

A delivery's `next_at` is null once nothing more is to be done about it, so that the index by
which the sender leases holds the pending ones alone.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.chats.tables import RowId, metadata
from bot.database import Instant

# What one chat gets on one of its own days in one slot. No foreign key to chats: it would need an
# index by chat on the largest table, for deletions alone; `erasing` deletes by day, slot and chat.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("day", Date, nullable=False),
    Column("slot", String, nullable=False),
    Column("chat", RowId, nullable=False),
    Column("transport", String, nullable=False),
    Column("state", String, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Column("reason", String),
    Column("content", RowId),
    Column("message_id", BigInteger),
    # The moment just before the request was written, and a channel's last id known then: where looking begins.
    Column("asked_at", Instant),
    Column("after_id", BigInteger),
    # The day leads, so that a wave appends to the index instead of inserting all over it.
    UniqueConstraint("day", "slot", "chat"),
    # Each transport serves by itself; whose day ends first goes first, and then the order of planning counts.
    Index(
        "ix_deliveries_pending",
        "transport",
        "state",
        "expires_at",
        "id",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
)

# What was said, once for all who got it, as long as a message id points to it.
contents = Table(
    "contents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("transport", String, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("html", Text, nullable=False),
    Column("records", Text, nullable=False),  # ids, separated by spaces
    Column("picture_ref", String),
    Column("used_on", Date, nullable=False),  # the latest day of a delivery with it, or of its correction
    # What a correction is found by (`bot.posts.stated`); null for texts of a time when it was not kept.
    Column("stated", Text),
    # Of a correction, the content it takes the place of.
    Column("replaces", RowId),
    UniqueConstraint("transport", "hash"),
)

# The rest of a post that corrects another, beside its text: whoever sends may have another calendar in hand.
replacements = Table(
    "replacements",
    metadata,
    Column("content", RowId, ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("buttons", Text, nullable=False),
    Column("png", LargeBinary),
    Column("alt", Text),
)

# Deliveries whose message is to say something else: an intention until it does (`bot.outbox.correcting_rows`).
# A row that stays tells of an answer, which later corrections edit, or of a message that could not be reached.
corrections = Table(
    "corrections",
    metadata,
    Column("delivery", RowId, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("content", RowId, nullable=False),
    Column("turn", SmallInteger, nullable=False),  # channels come first: many read there
    Column("state", String, nullable=False),
    Column("next_at", Instant),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("reason", String),
    # Of an answer: its id, and the moment just before it was written.
    Column("message_id", BigInteger),
    Column("asked_at", Instant),
    Index(
        "ix_corrections_due",
        "turn",
        "delivery",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
)

# A wave is one zone's hour on one day, as one revision of the calendar has it. Those done are
# remembered, and the latest `due_at` tells after downtime what was missed.
waves = Table(
    "waves",
    metadata,
    Column("zone", String, primary_key=True),
    Column("at", SmallInteger, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("revision", String, primary_key=True),
    Column("due_at", Instant, nullable=False),
)

# Until when a chat may not be written to, as the transport asked (429); chat 0 stands for all.
waits = Table(
    "waits",
    metadata,
    Column("transport", String, primary_key=True),
    Column("chat", RowId, primary_key=True, autoincrement=False),
    Column("until", Instant, nullable=False),
)

# The highest message id known in a channel: looking begins behind it.
sightings = Table(
    "sightings",
    metadata,
    Column("chat", RowId, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
)

# Silent messages that may stand in a channel: how many whose ids are not known, sent from `asked_at` on, below
# `before_id` once that is known; and the id of one that is still to be deleted.
probes = Table(
    "probes",
    metadata,
    Column("chat", RowId, primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("before_id", BigInteger),
    Column("message_id", BigInteger),
)

# Messages that are not to stay in a chat, and until when a bot can still delete them.
deletions = Table(
    "deletions",
    metadata,
    Column("chat", RowId, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("due_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Index("ix_deletions_due_at", "due_at"),
)

# Silence: people, events and sources of whom nothing is said.
holds = Table(
    "holds",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
)

# Who may send: one row. A new holder takes a new epoch, and every write names its epoch.
sender = Table(
    "sender",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("holder", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("until", Instant, nullable=False),
)

# Buttons shown to the operators, and those pressed: the process that sends carries an order out, whichever was told
# of the press. The token is what a button carries: nobody can guess one.
orders = Table(
    "orders",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("action", String, nullable=False),
    Column("about", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("until", Instant, nullable=False),
)
