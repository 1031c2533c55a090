"""Procurement projects, their lots and who was awarded them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

#: One row from the first published intention or, without one, from the filed plan onwards. A
#: trigger keeps ``ocid`` as it was given and ``number`` once it is given.
project = Table(
    "project",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("ocid", String(100), nullable=False),
    Column("number", String(60), nullable=True),
    Column("platform_number", String(60), nullable=True),
    Column("intention", String(40), ForeignKey("intention.code"), nullable=True),
    Column("plan", BigInteger, ForeignKey("plan.instance_key"), nullable=True),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("name", String(200), nullable=False),
    Column("category_class", String(1), nullable=True),
    Column("method", String(20), nullable=False, server_default=""),
    Column("organisation_form", String(20), nullable=False, server_default=""),
    Column("amount", Money, nullable=False),
    Column("platform", String(40), ForeignKey("trading_platform.code"), nullable=True),
    Column("agency", String(40), ForeignKey("agency.code"), nullable=True),
    Column("stage", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("ocid"),
    UniqueConstraint("number"),
    UniqueConstraint("intention"),
    UniqueConstraint("plan"),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("category_class IN ('A', 'B', 'C')", name="category_class_known"),
    CheckConstraint("plan IS NULL OR number IS NOT NULL", name="planned_has_number"),
    Index("ix_project_unit", "unit"),
    Index("ix_project_division_stage", "division", "stage"),
)

#: ``revision`` rises whenever the trading centre changes the lot, so that a draft made before
#: is noticed; ``message_id`` is the centre's message that brought it, empty for an own lot.
lot = Table(
    "lot",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("number", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("amount", Money, nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("message_id", String(100), nullable=False, server_default=""),
    Column("received_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("number"),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("ix_lot_project", "project"),
)

_ACTIVE = text("state = 'active'")

#: Who won a lot, by a published result notice; a change cancels the row and points to the next.
award = Table(
    "award",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("lot", BigInteger, ForeignKey("lot.key"), nullable=False),
    Column("supplier", String(40), ForeignKey("supplier.code"), nullable=False),
    Column("amount", Money, nullable=False),
    Column("notice", BigInteger, ForeignKey("notice.key"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("awarded_on", Date, nullable=False),
    Column("replaces", BigInteger, ForeignKey("award.key"), nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("state IN ('active', 'cancelled')", name="state_known"),
    UniqueConstraint("replaces"),
    Index(
        "uq_award_active_lot",
        "lot",
        unique=True,
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    ),
    Index("ix_award_project", "project"),
    Index("ix_award_supplier", "supplier"),
)
