"""A decision may wait for added signatures."""

import sqlalchemy as sa
from alembic import op

revision = "added_signatures"
down_revision = "returns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("decision", sa.Text(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.execute(
        "UPDATE work_item SET state = 'claimed', ended_at = NULL, ended_by = NULL,"
        " outcome = '', outcome_label = '', opinion = '' WHERE decision IS NOT NULL"
    )
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("decision")
