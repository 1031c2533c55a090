"""After a change of staff, work that is offered to posts is looked through, too."""

import sqlalchemy as sa
from alembic import op

revision = "followed_offers"
down_revision = "ruled_copies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("staff_change") as batch_op:
        batch_op.add_column(
            sa.Column("offer_key", sa.BigInteger(), nullable=False, server_default="0")
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("staff_change") as batch_op:
        batch_op.drop_column("offer_key")
