"""Which agency a purchaser has entrusted with a project."""

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

_PENDING = text("accepted_at IS NULL AND ended_at IS NULL")
_IN_FORCE = text("accepted_at IS NOT NULL AND ended_at IS NULL")

#: One row per matter from the first submission on. A project has one agency at a time, and one
#: that was asked and has not answered; a later agency ends the one before.
entrustment = Table(
    "entrustment",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("agency", String(40), ForeignKey("agency.code"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("agreement_no", String(60), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("scope", String(500), nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("accepted_at", UtcDateTime, nullable=True),
    Column("ended_at", UtcDateTime, nullable=True),
    CheckConstraint("ended_at IS NULL OR ended_at >= submitted_at", name="ends_after_it_began"),
    Index(
        "uq_entrustment_pending_project",
        "project",
        unique=True,
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    ),
    Index(
        "uq_entrustment_project_in_force",
        "project",
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    ),
    Index("ix_entrustment_agency", "agency"),
)
