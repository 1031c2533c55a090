"""Find the notices that refer to one, e.g. the correction of a call."""

from alembic import op

revision = "r0010_related_notices"
down_revision = "r0009_treasury_receipts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_notice_refers_to", "notice", ["refers_to"])
