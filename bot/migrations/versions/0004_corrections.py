"""Corrections: what each content states, and which messages are to say something else."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add what corrections are found by, their posts and their progress."""
    op.add_column("contents", sa.Column("stated", sa.Text))
    op.add_column("contents", sa.Column("replaces", _ROW_ID))
    op.create_table(
        "replacements",
        sa.Column("content", _ROW_ID, sa.ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("buttons", sa.Text, nullable=False),
        sa.Column("png", sa.LargeBinary),
        sa.Column("alt", sa.Text),
    )
    op.create_table(
        "corrections",
        sa.Column("delivery", _ROW_ID, sa.ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", _ROW_ID, nullable=False),
        sa.Column("turn", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("attempts", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("reason", sa.String),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("asked_at", sa.BigInteger),
    )
    where = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_corrections_due", "corrections", ["turn", "delivery"], sqlite_where=where, postgresql_where=where
    )
