"""Who is kept away, who stands in for whom, and who took over whose work."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: 回避: a person keeps away from one matter, or from all matters of a unit.
recusal = Table(
    "recusal",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("participant", String(60), ForeignKey("participant.login"), nullable=False),
    Column("root_key", BigInteger, ForeignKey("process_instance.key"), nullable=True),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=True),
    Column("reason", Text, nullable=False),
    #: first moment at which it no longer holds, empty = until it is lifted
    Column("until", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(60), nullable=False),
    Column("lifted_at", UtcDateTime, nullable=True),
    Column("lifted_by", String(60), nullable=True),
    Index("ix_recusal_root_key", "root_key"),
    Index("ix_recusal_unit", "unit"),
    Index("ix_recusal_participant", "participant"),
)

#: 代理: from ``starts_at`` until before ``ends_at`` the substitute may act for the principal.
substitution = Table(
    "substitution",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("principal", String(60), ForeignKey("participant.login"), nullable=False),
    Column("substitute", String(60), ForeignKey("participant.login"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    #: root process ids and division prefixes; an empty list = all
    Column("processes", JsonText, nullable=False),
    Column("regions", JsonText, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(60), nullable=False),
    Column("revoked_at", UtcDateTime, nullable=True),
    Column("revoked_by", String(60), nullable=True),
    Index("ix_substitution_principal", "principal", "ends_at"),
    Index("ix_substitution_substitute", "substitute", "ends_at"),
)

#: What has changed for a person, until a worker has looked through that person's open work.
staff_change = Table(
    "staff_change",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("login", String(60), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    #: held work items, offered ones and incidents have been looked at up to these
    Column("item_key", BigInteger, nullable=False, server_default="0"),
    Column("incident_key", BigInteger, nullable=False, server_default="0"),
    Column("offer_key", BigInteger, nullable=False, server_default="0"),
)

#: 离职交接: one act of handing a person's work over, with one line per thing handed over.
handover = Table(
    "handover",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("leaver", String(60), ForeignKey("participant.login"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(60), nullable=False),
    Index("ix_handover_leaver", "leaver"),
)

handover_line = Table(
    "handover_line",
    metadata,
    Column("handover_key", BigInteger, ForeignKey("handover.key"), primary_key=True),
    #: ``work_item``, ``delegation``, ``matter`` or ``substitution``
    Column("kind", String(12), primary_key=True),
    Column("object_key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False),
    Column("name", String(400), nullable=False),
    Column("new_owner", String(60), nullable=False),
    #: ``waiting``, ``done`` or ``refused``
    Column("state", String(10), nullable=False),
    Column("message_zh", Text, nullable=False, server_default=""),
    Column("message_en", Text, nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="1"),
    Column("tried_at", UtcDateTime, nullable=False),
    Index(
        "ix_handover_line_waiting",
        "handover_key",
        "object_key",
        postgresql_where=text("state = 'waiting'"),
        sqlite_where=text("state = 'waiting'"),
    ),
)
