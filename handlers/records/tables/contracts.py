"""Contracts of procurement projects, by lots."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata
from handlers.records.tables.money import Money

_LIVE = text("released_at IS NULL")

#: One row per matter from the first submission on; ``released_at`` is set when the matter was
#: ended without a filing, so that its number and its lots are free again.
contract = Table(
    "contract",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("supplier", String(40), ForeignKey("supplier.code"), nullable=False),
    Column("contract_no", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("amount", Money, nullable=False),
    Column("prepayment", Boolean, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("term_from", Date, nullable=False),
    Column("term_to", Date, nullable=False),
    Column("number", String(60), nullable=True),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("filed_at", UtcDateTime, nullable=True),
    Column("released_at", UtcDateTime, nullable=True),
    UniqueConstraint("number"),
    CheckConstraint("amount > 0", name="amount_positive"),
    CheckConstraint("term_to >= term_from", name="term_to_after_from"),
    CheckConstraint("(number IS NULL) = (filed_at IS NULL)", name="filed_has_number"),
    CheckConstraint("filed_at IS NULL OR released_at IS NULL", name="filed_stays"),
    Index("ix_contract_project", "project"),
    Index(
        "uq_contract_live_no",
        "unit",
        "contract_no",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
)

#: A lot is in one live contract.
contract_lot = Table(
    "contract_lot",
    metadata,
    Column("contract", BigInteger, ForeignKey("contract.instance_key"), primary_key=True),
    Column("lot", BigInteger, ForeignKey("lot.key"), primary_key=True),
    Column("released_at", UtcDateTime, nullable=True),
    Index(
        "uq_contract_lot_live",
        "lot",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
)
