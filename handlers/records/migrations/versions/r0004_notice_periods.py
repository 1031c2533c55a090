"""Keep how long notices stand as dated reference values (rule R37)."""

import sqlalchemy as sa
from alembic import op

revision = "r0004_notice_periods"
down_revision = "r0003_public_bodies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notice_period",
        sa.Column("notice_type", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("period_unit", sa.String(4), nullable=False),
        sa.Column("offer_period", sa.Integer(), nullable=False),
        sa.Column("offer_unit", sa.String(4), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint(
            "notice_type", "division", "valid_from", name=op.f("pk_notice_period")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_notice_period_valid_to_after_from"),
        ),
        *(
            sa.CheckConstraint(
                f"{name} IN ('自然日', '工作日')", name=op.f(f"ck_notice_period_{name}_known")
            )
            for name in ("period_unit", "offer_unit")
        ),
    )
