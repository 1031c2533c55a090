"""Suppliers with their accounts, agencies, trading platforms."""

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

#: The code is that of the organisation's unit, so that its people log in and see only their own.
supplier = Table(
    "supplier",
    metadata,
    Column("code", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("address", String(200), nullable=False, server_default=""),
    Column("contact", String(50), nullable=False, server_default=""),
    Column("contact_phone", String(20), nullable=False),
    Column("legal_person", String(50), nullable=False, server_default=""),
    Column("legal_person_phone", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("uscc"),
)

_OPEN_FOR_ALL = text("closed_at IS NULL AND project IS NULL")
_OPEN_FOR_PROJECT = text("closed_at IS NULL AND project IS NOT NULL")

#: Accounts of a supplier by kind; one that names a project goes before the general one.
supplier_account = Table(
    "supplier_account",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("supplier", String(40), ForeignKey("supplier.code"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=True),
    Column("account_name", String(200), nullable=False),
    Column("bank", String(200), nullable=False),
    Column("account_number", String(40), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime, nullable=True),
    CheckConstraint("kind IN ('supplier', 'migrant_wage')", name="kind_known"),
    Index(
        "uq_supplier_account_general",
        "supplier",
        "kind",
        unique=True,
        sqlite_where=_OPEN_FOR_ALL,
        postgresql_where=_OPEN_FOR_ALL,
    ),
    Index(
        "uq_supplier_account_project",
        "supplier",
        "kind",
        "project",
        unique=True,
        sqlite_where=_OPEN_FOR_PROJECT,
        postgresql_where=_OPEN_FOR_PROJECT,
    ),
)

agency = Table(
    "agency",
    metadata,
    Column("code", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("division", String(6), nullable=False),
    Column("works_qualified", Boolean, nullable=False),
    Column("central", Boolean, nullable=False),
    Column("contact", String(50), nullable=False, server_default=""),
    Column("contact_phone", String(20), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("uscc"),
    Index("ix_agency_division", "division"),
)

#: Electronic trading systems that a division's projects may be handed to.
trading_platform = Table(
    "trading_platform",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("division", String(6), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=True),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_to_after_from"),
    Index("ix_trading_platform_division", "division"),
)

#: What public units are beside their place in the tree; suppliers and agencies have their own.
public_body = Table(
    "public_body",
    metadata,
    Column("code", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("uscc", String(18), nullable=False),
    Column("nature", String(20), nullable=False, server_default=""),
    Column("purchase_key", String(20), nullable=False, server_default=""),
    UniqueConstraint("uscc"),
)
