"""Work items may have parts: consultation, added signatures, an answer from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0002_parts_of_work_items"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=12), server_default="task", nullable=False)
        )
        batch_op.add_column(sa.Column("part", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("parent_key", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.String(length=60), nullable=True))
        batch_op.drop_constraint("uq_work_item_instance_key_token_id", type_="unique")
        batch_op.create_unique_constraint(
            "uq_work_item_instance_key_token_id_part", ["instance_key", "token_id", "part"]
        )


def downgrade() -> None:
    """Undo."""
    op.execute(
        "DELETE FROM work_item_candidate WHERE work_item_key IN"
        " (SELECT key FROM work_item WHERE part > 0)"
    )
    op.execute("DELETE FROM work_item WHERE part > 0")
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_constraint("uq_work_item_instance_key_token_id_part", type_="unique")
        batch_op.create_unique_constraint(
            "uq_work_item_instance_key_token_id", ["instance_key", "token_id"]
        )
        for column in ("owner", "parent_key", "part", "kind"):
            batch_op.drop_column(column)
