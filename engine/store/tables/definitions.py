"""Deployed packages: immutable, content-addressed."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: Every file ever deployed, once, by the hex SHA-256 of its bytes.
resource = Table(
    "resource",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

#: One row per deployed version of a package; ``manifest`` lists its files with hashes.
deployment = Table(
    "deployment",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("process_id", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("manifest", JsonText, nullable=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", String(60), nullable=False),
    UniqueConstraint("process_id", "version"),
)

#: What an instance pinned at its start: every model, decision and form by hash.
binding = Table(
    "binding",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("document", JsonText, nullable=False),
)
