"""One-time links of parties outside of the office."""

import sqlalchemy as sa
from alembic import op

revision = "outside_links"
down_revision = "handover_lines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "outside_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("party", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_outside_link_work_item_key")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_outside_link")),
    )
    op.create_index("ix_outside_link_root_key", "outside_link", ["root_key"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("outside_link")
