"""Lines of a hand-over that wait are found by their state."""

import sqlalchemy as sa
from alembic import op

revision = "handover_lines"
down_revision = "chosen_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_handover_line_waiting",
        "handover_line",
        ["handover_key", "object_key"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_handover_line_waiting", "handover_line")
