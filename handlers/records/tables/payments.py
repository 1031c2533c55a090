"""Payments of contracts."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

#: One row per matter from the first submission on. The payee's account is a copy: what was
#: applied for does not change when the supplier changes its bank (R24).
payment = Table(
    "payment",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("contract", BigInteger, ForeignKey("contract.instance_key"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("amount", Money, nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("fund_source", String(100), nullable=False),
    Column("budget_no", String(60), nullable=False),
    Column("payer_bank", String(200), nullable=False),
    Column("payer_account", String(40), nullable=False),
    Column("payee_kind", String(20), nullable=False),
    Column("payee_name", String(200), nullable=False),
    Column("payee_bank", String(200), nullable=False),
    Column("payee_account", String(40), nullable=False),
    Column("number", String(60), nullable=True),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("approved_at", UtcDateTime, nullable=True),
    Column("treasury_ack", String(100), nullable=False, server_default=""),
    UniqueConstraint("number"),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("payee_kind IN ('supplier', 'migrant_wage')", name="payee_kind_known"),
    CheckConstraint("(number IS NULL) = (approved_at IS NULL)", name="approved_has_number"),
    Index("ix_payment_contract", "contract"),
)
