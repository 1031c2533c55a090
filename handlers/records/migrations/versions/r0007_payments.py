"""Create payments of contracts."""

import sqlalchemy as sa
from alembic import op

revision = "r0007_payments"
down_revision = "r0006_contracts"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "payment",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contract", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("fund_source", sa.String(100), nullable=False),
        sa.Column("budget_no", sa.String(60), nullable=False),
        sa.Column("payer_bank", sa.String(200), nullable=False),
        sa.Column("payer_account", sa.String(40), nullable=False),
        sa.Column("payee_kind", sa.String(20), nullable=False),
        sa.Column("payee_name", sa.String(200), nullable=False),
        sa.Column("payee_bank", sa.String(200), nullable=False),
        sa.Column("payee_account", sa.String(40), nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("approved_at", _MOMENT, nullable=True),
        sa.Column("treasury_ack", sa.String(100), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_number")),
        _foreign("contract", "contract.instance_key"),
        _foreign("unit", "org_unit.code"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount_positive")),
        sa.CheckConstraint(
            "payee_kind IN ('supplier', 'migrant_wage')", name=op.f("ck_payment_payee_kind_known")
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (approved_at IS NULL)",
            name=op.f("ck_payment_approved_has_number"),
        ),
    )
    op.create_index("ix_payment_contract", "payment", ["contract"])


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_payment_{column}"))
