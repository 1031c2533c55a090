"""Filings of changed awards."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

_OPEN = text("used_at IS NULL AND released_at IS NULL")

#: One row per matter from the first submission on. A project has one open filing: it is open
#: until a change notice has used it, or its matter was ended.
award_change = Table(
    "award_change",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("award", BigInteger, ForeignKey("award.key"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("new_supplier", String(40), ForeignKey("supplier.code"), nullable=False),
    Column("new_amount", Money, nullable=False),
    Column("basis", String(20), nullable=False),
    Column("reason", String(1000), nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("returned_at", UtcDateTime, nullable=True),
    Column("number", String(60), nullable=True),
    Column("filed_at", UtcDateTime, nullable=True),
    Column("used_at", UtcDateTime, nullable=True),
    Column("released_at", UtcDateTime, nullable=True),
    UniqueConstraint("number"),
    CheckConstraint("new_amount > 0", name="amount_positive"),
    CheckConstraint("(number IS NULL) = (filed_at IS NULL)", name="filed_has_number"),
    CheckConstraint("used_at IS NULL OR filed_at IS NOT NULL", name="used_is_filed"),
    Index(
        "uq_award_change_open_project",
        "project",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index("ix_award_change_project", "project"),
)
