"""The pool of experts, and who asks for some of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
)

from engine.store.tables.schema import UtcDateTime, metadata

#: ``division`` is the pool's, mostly a province's; the cities below it share it.
expert = Table(
    "expert",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("field", String(100), nullable=False),
    Column("division", String(6), nullable=False),
    #: code of a unit, or what there is instead
    Column("employer", String(200), nullable=False),
    Column("phone", String(20), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
    Index("ix_expert_division_field", "division", "field"),
)

#: One row per submitted application; the names drawn for it are secret until ``review_at``.
expert_application = Table(
    "expert_application",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=True),
    Column("project_name", String(200), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("review_at", UtcDateTime, nullable=False),
    Column("place", String(200), nullable=False),
    Column("contact", String(50), nullable=False),
    Column("contact_phone", String(20), nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=True),
    Index("ix_expert_application_project", "project"),
    Index("ix_expert_application_unit", "unit"),
)

expert_application_lot = Table(
    "expert_application_lot",
    metadata,
    Column(
        "application",
        BigInteger,
        ForeignKey("expert_application.instance_key"),
        primary_key=True,
    ),
    Column("lot", BigInteger, ForeignKey("lot.key"), primary_key=True),
)
