"""How chats hear of dates: each on its day, or in a weekly or monthly round-up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_RHYTHM = sa.Column("rhythm", sa.String, nullable=False, server_default=sa.text("'each'"))
_UNIQUE = "uq_schedules_zone_at_topics_leads_facts"
_SAME = ("zone", "at", "topics", "leads", "facts", "rhythm")


def upgrade() -> None:
    """Add the rhythm, which tells otherwise equal schedules apart."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
        return
    op.add_column("schedules", _RHYTHM)
    op.drop_constraint(_UNIQUE, "schedules")
    op.create_unique_constraint(f"{_UNIQUE}_rhythm", "schedules", _SAME)


def _make_anew() -> None:
    """SQLite cannot change a constraint. The chats point at these rows: that is checked once they stand again."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TABLE schedules_kept AS SELECT id, zone, at, topics, leads, facts FROM schedules")
    op.drop_table("schedules")
    op.create_table(
        "schedules",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("at", sa.SmallInteger, nullable=False),
        sa.Column("topics", sa.String, nullable=False),
        sa.Column("leads", sa.String, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        _RHYTHM,
        sa.UniqueConstraint(*_SAME, name=f"{_UNIQUE}_rhythm"),
    )
    op.execute(
        "INSERT INTO schedules (id, zone, at, topics, leads, facts) "
        "SELECT id, zone, at, topics, leads, facts FROM schedules_kept"
    )
    op.drop_table("schedules_kept")
