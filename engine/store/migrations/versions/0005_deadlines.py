"""Clocks of work items and timers: what they count, when they stood still, what they ring."""

import sqlalchemy as sa
from alembic import op

revision = "0005_deadlines"
down_revision = "opinions_and_signatures"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.BigInteger()


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "deadline",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", _KEY, nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("due", sa.String(length=60), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("counts_first_day", sa.Boolean(), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("calendar_key", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_deadline"),
    )
    op.create_index("ix_deadline_root_key", "deadline", ["root_key"])
    op.create_table(
        "clock_stop",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("deadline_key", _KEY, nullable=False),
        sa.Column("root_key", _KEY, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stopped_by", sa.String(length=60), nullable=False),
        sa.Column("resumed_by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("resume_document", sa.String(length=120), server_default="", nullable=False),
        sa.Column("resume_reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_clock_stop"),
    )
    op.create_index("ix_clock_stop_deadline_key", "clock_stop", ["deadline_key"])
    op.create_index("ix_clock_stop_root_key", "clock_stop", ["root_key"])
    op.create_index(
        "uq_clock_stop_open",
        "clock_stop",
        ["deadline_key"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
        sqlite_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "alarm",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("deadline_key", _KEY, nullable=False),
        sa.Column("root_key", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("fired_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_alarm"),
    )
    op.create_index("ix_alarm_deadline_key", "alarm", ["deadline_key"])
    op.create_index(
        "ix_alarm_due_at",
        "alarm",
        ["due_at"],
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("clock_stopped_at", _MOMENT, nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("clock_stopped_at")
    for table in ("alarm", "clock_stop", "deadline"):
        op.drop_table(table)
