"""Matters can be suspended and resumed."""

import sqlalchemy as sa
from alembic import op

revision = "suspension"
down_revision = "post_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.add_column(sa.Column("suspended_at", moment, nullable=True))
        batch_op.add_column(sa.Column("suspended_by", sa.String(60), nullable=True))
        batch_op.add_column(
            sa.Column("suspend_reason", sa.Text(), nullable=False, server_default="")
        )
    op.create_index(
        "ix_process_instance_suspended",
        "process_instance",
        ["key"],
        postgresql_where=sa.text("suspended_at IS NOT NULL"),
        sqlite_where=sa.text("suspended_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_process_instance_suspended", table_name="process_instance")
    with op.batch_alter_table("process_instance") as batch_op:
        batch_op.drop_column("suspend_reason")
        batch_op.drop_column("suspended_by")
        batch_op.drop_column("suspended_at")
