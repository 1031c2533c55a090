"""Create the table of requests for a new password."""

import sqlalchemy as sa
from alembic import op

revision = "r0004_password_recovery"
down_revision = "r0004_notice_periods"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "recovery_try",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(40), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_recovery_try")),
    )
    op.create_index("ix_recovery_try_uscc_at", "recovery_try", ["uscc", "at"])
    op.create_index("ix_recovery_try_address_at", "recovery_try", ["address", "at"])
