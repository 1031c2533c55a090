"""Units, people, roles and log-in sessions."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    false,
)

from engine.store.tables.schema import UtcDateTime, metadata

org_unit = Table(
    "org_unit",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("parent", String(40), ForeignKey("org_unit.code"), nullable=True),
    Column("kind", String(40), nullable=False),
    Column("division", String(6), nullable=False),
    #: login of the person who leads it; 负责人
    Column("leader", String(60), nullable=True),
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
    #: hex SHA-256 of the image of the person's signature, among the attachments' contents
    Column("signature", String(64), nullable=True),
    Column("failed_logins", Integer, nullable=False, server_default="0"),
    Column("locked_until", UtcDateTime, nullable=True),
    Column("must_change_password", Boolean, nullable=False, server_default=false()),
    #: login of the direct leader; without one the unit's leader
    Column("leader", String(60), nullable=True),
)

#: A password that was sent to its owner: opens one session, which can only change it.
temporary_password = Table(
    "temporary_password",
    metadata,
    Column("participant", String(60), ForeignKey("participant.login"), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    #: what it took the place of when it was used, so that nobody goes back to it
    Column("previous_hash", String(200), nullable=False, server_default=""),
    #: correlation key of whoever issued it and waits for the change
    Column("reference", String(100), nullable=False, server_default=""),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=True),
    CheckConstraint("expires_at > issued_at", name="expires_after_issue"),
)

#: Who has started a public procedure from where, for the brake on floods.
public_try = Table(
    "public_try",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("process_id", String(100), nullable=False),
    Column("address", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_public_try_address_at", "address", "at"),
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

#: A post that is given or taken from a day on; what was applied stays as the history of posts.
post_change = Table(
    "post_change",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("participant", String(60), ForeignKey("participant.login"), nullable=False),
    Column("role", String(40), ForeignKey("role.key"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("scope_prefix", String(6), nullable=True),
    #: given, else taken
    Column("gives", Boolean, nullable=False),
    Column("effective_at", UtcDateTime, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(60), nullable=False),
    #: when it was applied or cancelled, empty while it waits for its day
    Column("settled_at", UtcDateTime, nullable=True),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
    Index("ix_post_change_participant", "participant"),
    Index("ix_post_change_settled_at_effective_at", "settled_at", "effective_at"),
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

#: Opinions that a person writes often, in the order of their choice.
opinion_phrase = Table(
    "opinion_phrase",
    metadata,
    Column("participant", String(60), ForeignKey("participant.login"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", String(200), nullable=False),
)
