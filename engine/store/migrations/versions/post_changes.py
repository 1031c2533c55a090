"""Posts that are given and taken from a day on."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.schema import UtcDateTime

revision = "post_changes"
down_revision = "circulation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "post_change",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("scope_prefix", sa.String(length=6), nullable=True),
        sa.Column("gives", sa.Boolean(), nullable=False),
        sa.Column("effective_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.login"], name="fk_post_change_participant"
        ),
        sa.ForeignKeyConstraint(["role"], ["role.key"], name="fk_post_change_role"),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name="fk_post_change_unit"),
        sa.PrimaryKeyConstraint("key", name="pk_post_change"),
    )
    op.create_index("ix_post_change_participant", "post_change", ["participant"])
    op.create_index(
        "ix_post_change_settled_at_effective_at", "post_change", ["settled_at", "effective_at"]
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("post_change")
