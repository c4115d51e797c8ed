"""The first tables: chats with sealed addresses, and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NO = sa.text("false")


def upgrade() -> None:
    """Make every table in an empty database."""
    op.create_table(
        "meta",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    _make_chats()
    _make_deliveries()
    _make_memory()
    _make_sender()


def _make_chats() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("at", sa.SmallInteger, nullable=False),
        sa.Column("topics", sa.String, nullable=False),
        sa.Column("leads", sa.String, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        sa.UniqueConstraint("zone", "at", "topics", "leads", "facts", name="uq_schedules_zone_at_topics_leads_facts"),
    )
    op.create_table(
        "chats",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("schedule", _ROW_ID, sa.ForeignKey("schedules.id"), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("pause_reason", sa.String),
        sa.Column("first_day", sa.Date),
        sa.Column("discreet", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("silent", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("pictures", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.Column("changed", sa.Boolean, nullable=False, server_default=_NO),
        sa.UniqueConstraint("transport", "sealed", "thread", name="uq_chats_transport_sealed_thread"),
    )
    op.create_index("ix_chats_schedule", "chats", ["schedule", "state", "id", "first_day", "transport"])
    _make_partial_index("ix_chats_first_day", "chats", ["schedule", "first_day"], "first_day IS NOT NULL")
    _make_partial_index("ix_chats_changed", "chats", ["id"], "changed")
    op.create_table(
        "follows",
        sa.Column("chat", _ROW_ID, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.LargeBinary, primary_key=True),
    )
    op.create_index("ix_follows_person_chat", "follows", ["person", "chat"])


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("chat", _ROW_ID, nullable=False),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("attempts", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("epoch", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("reason", sa.String),
        sa.Column("content", _ROW_ID),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("asked_at", sa.BigInteger),
        sa.Column("after_id", sa.BigInteger),
        sa.UniqueConstraint("day", "slot", "chat", name="uq_deliveries_day_slot_chat"),
    )
    pending = ["transport", "state", "expires_at", "id"]
    _make_partial_index("ix_deliveries_pending", "deliveries", pending, "next_at IS NOT NULL")
    op.create_table(
        "contents",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("records", sa.Text, nullable=False),
        sa.Column("picture_ref", sa.String),
        sa.Column("used_on", sa.Date, nullable=False),
        sa.UniqueConstraint("transport", "hash", name="uq_contents_transport_hash"),
    )


def _make_memory() -> None:
    op.create_table(
        "waves",
        sa.Column("zone", sa.String, primary_key=True),
        sa.Column("at", sa.SmallInteger, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("revision", sa.String, primary_key=True),
        sa.Column("due_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "waits",
        sa.Column("transport", sa.String, primary_key=True),
        sa.Column("chat", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sightings",
        sa.Column("chat", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "holds",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
    )


def _make_sender() -> None:
    op.create_table(
        "sender",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def _make_partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
