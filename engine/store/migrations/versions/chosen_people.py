"""Whom people have chosen for steps that come."""

import sqlalchemy as sa
from alembic import op

revision = "chosen_people"
down_revision = "suspension"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "chosen_person",
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("chosen_by", sa.String(length=60), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["root_key"], ["process_instance.key"], name=op.f("fk_chosen_person_root_key")
        ),
        sa.PrimaryKeyConstraint(
            "root_key", "process_id", "element_id", "position", name=op.f("pk_chosen_person")
        ),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("chosen_person")
