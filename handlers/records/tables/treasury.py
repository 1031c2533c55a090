"""What the treasury said of payments."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

#: One final result per payment number; triggers refuse UPDATE and DELETE. The contract is a copy: a
#: refused payment may be applied for again under a new number and for another contract.
treasury_receipt = Table(
    "treasury_receipt",
    metadata,
    Column("payment_number", String(60), primary_key=True),
    Column("payment", BigInteger, ForeignKey("payment.instance_key"), nullable=False),
    Column("contract", BigInteger, ForeignKey("contract.instance_key"), nullable=False),
    Column("result", String(20), nullable=False),
    Column("amount", Money, nullable=False),
    Column("paid_on", Date, nullable=True),
    Column("voucher", String(60), nullable=False, server_default=""),
    Column("reason", String(500), nullable=False, server_default=""),
    Column("message_id", String(100), nullable=False, server_default=""),
    Column("received_at", UtcDateTime, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("result IN ('paid', 'refused', 'undelivered')", name="result_known"),
    CheckConstraint("(result = 'paid') = (paid_on IS NOT NULL)", name="paid_has_day"),
    Index("ix_treasury_receipt_contract", "contract"),
    Index("ix_treasury_receipt_payment", "payment"),
)
