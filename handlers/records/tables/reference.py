"""Regulated values by division and date: thresholds, categories, catalogue, numbers, flags."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
)

from engine.store.tables.schema import metadata
from handlers.records.tables.money import Money

#: Amounts from which open tendering and from which procurement rules apply (reference T-1).
threshold = Table(
    "threshold",
    metadata,
    Column("division", String(6), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=True),
    Column("open_tender_goods_services", Money, nullable=False),
    Column("open_tender_works", Money, nullable=False),
    Column("limit_goods_services", Money, nullable=False),
    Column("limit_works", Money, nullable=False),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_after_from"),
)

#: The classification of what is bought; a code means something within its edition only.
purchase_category = Table(
    "purchase_category",
    metadata,
    Column("edition", String(4), primary_key=True),
    Column("code", String(12), primary_key=True),
    Column("name", String(100), nullable=False),
)

#: Categories that a division buys centrally; a listed code includes its sub-items.
central_catalogue = Table(
    "central_catalogue",
    metadata,
    Column("division", String(6), primary_key=True),
    Column("category_code", String(12), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=True),
    Column("kind", String(20), nullable=False),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_after_from"),
)

#: How a division writes its numbers, e.g. ``郑财计备-{year}-{sequence:5}`` (reference T-13).
number_rule = Table(
    "number_rule",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("division", String(6), primary_key=True),
    Column("pattern", String(60), nullable=False),
)

#: The last number given for every pattern as filled in but for the number itself; the row is
#: locked while one is taken.
number_sequence = Table(
    "number_sequence",
    metadata,
    Column("prefix", String(60), primary_key=True),
    Column("last_value", BigInteger, nullable=False),
)

#: Units that the regulator watches: their linked plans go to him (R04).
review_flag = Table(
    "review_flag",
    metadata,
    Column("unit", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=True),
    Column("reason", String(200), nullable=False),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_after_from"),
)

#: How long a notice stands and how long offers are taken (rule R37); ``000000`` = everywhere.
notice_period = Table(
    "notice_period",
    metadata,
    Column("notice_type", String(40), primary_key=True),
    Column("division", String(6), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=True),
    Column("period", Integer, nullable=False),
    Column("period_unit", String(4), nullable=False),
    Column("offer_period", Integer, nullable=False),
    Column("offer_unit", String(4), nullable=False),
    Column("source", String(200), nullable=False),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_after_from"),
    CheckConstraint("period_unit IN ('自然日', '工作日')", name="period_unit_known"),
    CheckConstraint("offer_unit IN ('自然日', '工作日')", name="offer_unit_known"),
)
