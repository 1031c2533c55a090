"""Business documents, attachments, the audit trail and answered requests."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: Every stored version of a form's answers; rows are never changed.
document = Table(
    "document",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False),
    Column("form_id", String(150), nullable=False),
    Column("form_sha256", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), nullable=False),
    Column("answers", JsonText, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored_by", String(60), nullable=False),
    Column("stored_at", UtcDateTime, nullable=False),
    UniqueConstraint("root_key", "form_id", "version"),
)

#: The content lies outside the database under its hash; a replaced file keeps its row.
attachment = Table(
    "attachment",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False),
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), nullable=False),
    Column("form_id", String(150), nullable=False, server_default=""),
    Column("field", String(150), nullable=False, server_default=""),
    Column("name", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("uploaded_by", String(60), nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime, nullable=True),
    Column("removed_by", String(60), nullable=True),
    Index("ix_attachment_root_key", "root_key"),
)

#: Append-only: triggers refuse UPDATE and DELETE.
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("login", String(60), nullable=False),
    Column("person", String(100), nullable=False, server_default=""),
    Column("role", String(40), nullable=False, server_default=""),
    Column("unit", String(200), nullable=False, server_default=""),
    Column("action", String(60), nullable=False),
    Column("element_name", String(200), nullable=False, server_default=""),
    Column("detail", JsonText, nullable=False),
    Column("changes", JsonText, nullable=False),
    Column("address", String(60), nullable=False, server_default=""),
    Index("ix_audit_entry_root_key", "root_key"),
    Index("ix_audit_entry_at", "at"),
)

#: The first answer to a request that may be repeated (double click, lost reply).
idempotency = Table(
    "idempotency",
    metadata,
    Column("login", String(60), primary_key=True),
    Column("request_key", String(80), primary_key=True),
    Column("command", String(60), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("answer", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
