"""How a matter came to a work item, what led to it, and what a return has ended."""

import sqlalchemy as sa
from alembic import op

revision = "returns"
down_revision = "0006_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.add_column(sa.Column("parent_element", sa.String(length=100), nullable=True))
    with op.batch_alter_table("element_history") as batch_op:
        batch_op.add_column(sa.Column("cause_key", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(
            sa.Column("arrival", sa.String(length=12), server_default="flow", nullable=False)
        )
        batch_op.add_column(sa.Column("cause_key", sa.BigInteger(), nullable=True))
    op.execute("UPDATE work_item SET arrival = 'return' WHERE returned_from IS NOT NULL")
    op.create_table(
        "return_slip",
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("calls", sa.Text(), nullable=False),
        sa.Column("resumes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_return_slip_work_item_key")
        ),
        sa.PrimaryKeyConstraint("work_item_key", name=op.f("pk_return_slip")),
    )
    op.create_index("ix_return_slip_root_key", "return_slip", ["root_key"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("return_slip")
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("cause_key")
        batch_op.drop_column("arrival")
    with op.batch_alter_table("element_history") as batch_op:
        batch_op.drop_column("cause_key")
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.drop_column("parent_element")
