"""Create filings of changed awards."""

import sqlalchemy as sa
from alembic import op

revision = "r0008_award_changes"
down_revision = "r0007_payments"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")
_OPEN = sa.text("used_at IS NULL AND released_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "award_change",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("award", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("new_supplier", sa.String(40), nullable=False),
        sa.Column("new_amount", _MONEY, nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("returned_at", _MOMENT, nullable=True),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("filed_at", _MOMENT, nullable=True),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_award_change")),
        sa.UniqueConstraint("number", name=op.f("uq_award_change_number")),
        _foreign("project", "project.key"),
        _foreign("award", "award.key"),
        _foreign("unit", "org_unit.code"),
        _foreign("new_supplier", "supplier.code"),
        sa.CheckConstraint("new_amount > 0", name=op.f("ck_award_change_amount_positive")),
        sa.CheckConstraint(
            "(number IS NULL) = (filed_at IS NULL)", name=op.f("ck_award_change_filed_has_number")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR filed_at IS NOT NULL", name=op.f("ck_award_change_used_is_filed")
        ),
    )
    op.create_index(
        "uq_award_change_open_project",
        "award_change",
        ["project"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_award_change_project", "award_change", ["project"])


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_award_change_{column}"))
