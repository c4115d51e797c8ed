"""What belongs to channels alone: lines around posts, who looks after them, and what was shown before its hour."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "channels",
        _chat("channels", "chat"),
        sa.Column("opening", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("signature", sa.Text, nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "stewards",
        _chat("stewards", "channel"),
        _chat("stewards", "person"),
        sa.Column("previews", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_index("ix_stewards_person", "stewards", ["person"])
    op.create_table(
        "previews",
        _chat("previews", "chat"),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("slot", sa.String, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_previews_until", "previews", ["until"])


def _chat(table: str, name: str) -> sa.Column[int]:
    to_chats = sa.ForeignKey("chats.id", name=f"fk_{table}_{name}_chats", ondelete="CASCADE")
    return sa.Column(name, _ROW, to_chats, primary_key=True, autoincrement=False)
