"""Keep what the treasury said of payments."""

import sqlalchemy as sa
from alembic import op

revision = "r0009_treasury_receipts"
down_revision = "r0008_award_changes"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "treasury_receipt",
        sa.Column("payment_number", sa.String(60), nullable=False),
        sa.Column("payment", sa.BigInteger(), nullable=False),
        sa.Column("contract", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("voucher", sa.String(60), server_default="", nullable=False),
        sa.Column("reason", sa.String(500), server_default="", nullable=False),
        sa.Column("message_id", sa.String(100), server_default="", nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("payment_number", name=op.f("pk_treasury_receipt")),
        _foreign("payment", "payment.instance_key"),
        _foreign("contract", "contract.instance_key"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_treasury_receipt_amount_positive")),
        sa.CheckConstraint(
            "result IN ('paid', 'refused', 'undelivered')",
            name=op.f("ck_treasury_receipt_result_known"),
        ),
        sa.CheckConstraint(
            "(result = 'paid') = (paid_on IS NOT NULL)",
            name=op.f("ck_treasury_receipt_paid_has_day"),
        ),
    )
    op.create_index("ix_treasury_receipt_contract", "treasury_receipt", ["contract"])
    op.create_index("ix_treasury_receipt_payment", "treasury_receipt", ["payment"])
    for event in ("UPDATE", "DELETE"):
        _refuse(event)


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_treasury_receipt_{column}"))


def _refuse(event: str) -> None:
    """Let the database refuse ``event``: a receipt is never changed."""
    name = f"treasury_receipt_no_{event.lower()}"
    message = "treasury_receipt: a receipt is never changed"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON treasury_receipt"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON treasury_receipt"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
