"""Give public units their unified social credit codes."""

import sqlalchemy as sa
from alembic import op

revision = "r0003_public_bodies"
down_revision = "r0002_procurement_spine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "public_body",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("nature", sa.String(20), server_default="", nullable=False),
        sa.Column("purchase_key", sa.String(20), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_public_body")),
        sa.UniqueConstraint("uscc", name=op.f("uq_public_body_uscc")),
        sa.ForeignKeyConstraint(["code"], ["org_unit.code"], name=op.f("fk_public_body_code")),
    )
