"""Published procurement intentions and the plans that hold them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

intention = Table(
    "intention",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("published_on", Date, nullable=False),
    Column("budget", Money, nullable=False),
    Column("expected_month", String(7), nullable=False),
    CheckConstraint("budget > 0", name="budget_positive"),
    Index("ix_intention_unit", "unit"),
)

_LIVE = text("released_at IS NULL")

#: ``reference_date`` is the day from which the 30 to 90 days are counted back for this plan.
intention_link = Table(
    "intention_link",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("intention", String(40), ForeignKey("intention.code"), nullable=False),
    Column("plan", BigInteger, ForeignKey("plan.instance_key"), nullable=False),
    Column("reference_date", Date, nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    Column("released_at", UtcDateTime, nullable=True),
    Index(
        "uq_intention_link_live_intention",
        "intention",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index(
        "uq_intention_link_live_plan",
        "plan",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index("ix_intention_link_plan", "plan"),
)
