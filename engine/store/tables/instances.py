"""Process instances and the ordered history of their elements."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

#: A called process is a row of its own with the same ``root_key``.
process_instance = Table(
    "process_instance",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False),
    Column("parent_key", BigInteger, ForeignKey("process_instance.key"), nullable=True),
    Column("parent_token", String(40), nullable=True),
    #: the call activity in the caller's model
    Column("parent_element", String(100), nullable=True),
    Column("process_id", String(100), nullable=False),
    Column("binding", String(64), ForeignKey("binding.sha256"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("region", String(6), nullable=False),
    Column("state", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    #: a login; ``system`` when a timer or signal started it
    Column("initiator", String(60), nullable=False),
    Column("title", String(200), nullable=False),
    Column("number", String(60), nullable=False),
    Column("summary", JsonText, nullable=False),
    Column("submitted", Boolean, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
    #: since when, by whom and why the matter is suspended; only in the root instance
    Column("suspended_at", UtcDateTime, nullable=True),
    Column("suspended_by", String(60), nullable=True),
    Column("suspend_reason", Text, nullable=False, server_default=""),
    Column("document", Text, nullable=False),
    Index("ix_process_instance_root_key", "root_key"),
    Index(
        "ix_process_instance_suspended",
        "key",
        postgresql_where=text("suspended_at IS NOT NULL"),
        sqlite_where=text("suspended_at IS NOT NULL"),
    ),
    # 我发起的: called processes and drafts are not in it
    Index(
        "ix_process_instance_started",
        "initiator",
        "started_at",
        "key",
        postgresql_where=text("parent_key IS NULL AND submitted"),
        sqlite_where=text("parent_key IS NULL AND submitted = 1"),
    ),
)

element_history = Table(
    "element_history",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("element_id", String(100), nullable=False),
    Column("token_id", String(40), nullable=False),
    Column("event", String(12), nullable=False),
    #: the work item whose end led to it, if one did
    Column("cause_key", BigInteger, nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_element_history_root_key", "root_key"),
)
