"""A work item says what its sender asks of its person."""

import sqlalchemy as sa
from alembic import op

revision = "office_verbs"
down_revision = "0003_temporary_passwords"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("request", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("request")
