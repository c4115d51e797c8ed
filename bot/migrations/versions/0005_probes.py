"""The probes: silent messages that may stand in a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of probes."""
    op.create_table(
        "probes",
        sa.Column("chat", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("number", sa.SmallInteger, nullable=False),
        sa.Column("before_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
    )
