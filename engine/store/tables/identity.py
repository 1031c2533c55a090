"""Units, people, roles and log-in sessions."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from engine.store.tables.schema import UtcDateTime, metadata

org_unit = Table(
    "org_unit",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("parent", String(40), ForeignKey("org_unit.code"), nullable=True),
    Column("kind", String(40), nullable=False),
    Column("division", String(6), nullable=False),
    Index("ix_org_unit_parent", "parent"),
)

#: Which office serves a unit, e.g. relation ``business_office``; inherited by subordinate units.
org_relation = Table(
    "org_relation",
    metadata,
    Column("unit", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("relation", String(40), primary_key=True),
    Column("office", String(40), ForeignKey("org_unit.code"), nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_en", String(100), nullable=False, server_default=""),
)

participant = Table(
    "participant",
    metadata,
    Column("login", String(60), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("department", String(100), nullable=False, server_default=""),
    Column("phone", String(20), nullable=False, server_default=""),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("language", String(2), nullable=False, server_default="zh"),
    Column("failed_logins", Integer, nullable=False, server_default="0"),
    Column("locked_until", UtcDateTime, nullable=True),
)

membership = Table(
    "membership",
    metadata,
    Column("participant", String(60), ForeignKey("participant.login"), primary_key=True),
    Column("role", String(40), ForeignKey("role.key"), primary_key=True),
    Column("unit", String(40), ForeignKey("org_unit.code"), primary_key=True),
    Column("scope_prefix", String(6), nullable=True),
    Index("ix_membership_role_unit", "role", "unit"),
)

#: Only the SHA-256 of a token is stored: a stolen table opens no session.
web_session = Table(
    "web_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("participant", String(60), ForeignKey("participant.login"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("address", String(60), nullable=False, server_default=""),
    Column("user_agent", String(200), nullable=False, server_default=""),
    Index("ix_web_session_participant", "participant"),
)
