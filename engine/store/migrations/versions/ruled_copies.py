"""Copies that the model sends are told from those that a person sends."""

import sqlalchemy as sa
from alembic import op

revision = "ruled_copies"
down_revision = "outside_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("circulation") as batch_op:
        batch_op.add_column(
            sa.Column("ruled", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("circulation") as batch_op:
        batch_op.drop_column("ruled")
