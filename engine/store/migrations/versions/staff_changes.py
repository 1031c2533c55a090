"""What has changed for people, until a worker has looked through their open work."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.schema import UtcDateTime

revision = "staff_changes"
down_revision = "added_signatures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "staff_change",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("item_key", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("incident_key", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_staff_change"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("staff_change")
