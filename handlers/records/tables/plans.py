"""Procurement plans and their lines."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money, Quantity

#: One row per plan that was submitted at least once; the key is its root instance's.
plan = Table(
    "plan",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("variant", String(60), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("method", String(20), nullable=False),
    Column("organisation_form", String(20), nullable=False),
    Column("budget_source", String(20), nullable=False),
    Column("amount", Money, nullable=False),
    Column("category_class", String(1), nullable=False, server_default="A"),
    Column("import_product", Boolean, nullable=False),
    Column("nonstandard_method", Boolean, nullable=False),
    Column("intention_required", Boolean, nullable=True),
    Column("unlinked_reason", String(500), nullable=False, server_default=""),
    Column("contact", String(50), nullable=False),
    Column("contact_phone", String(20), nullable=False),
    Column("expected_month", String(7), nullable=False),
    Column("platform", String(40), nullable=True),
    Column("first_submitted_on", Date, nullable=False),
    Column("submissions", Integer, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("submitted_by", String(60), nullable=False),
    Column("number", String(60), nullable=True),
    Column("filed_at", UtcDateTime, nullable=True),
    UniqueConstraint("number"),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("filed_at IS NULL OR number IS NOT NULL", name="filed_has_number"),
    Index("ix_plan_unit", "unit"),
)

plan_item = Table(
    "plan_item",
    metadata,
    Column("plan", BigInteger, ForeignKey("plan.instance_key"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("category_code", String(12), nullable=False),
    Column("name", String(200), nullable=False),
    Column("quantity", Quantity, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("unit_price", Money, nullable=False),
    Column("amount", Money, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
    CheckConstraint("unit_price > 0", name="unit_price_positive"),
    Index("ix_plan_item_category_code", "category_code"),
)
