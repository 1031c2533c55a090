"""Published notices: an address that stays, versions that never change."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: The key is the permanent address. A trigger refuses DELETE and every change but of ``versions``,
#: which only counts upwards.
notice = Table(
    "notice",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("project", BigInteger, ForeignKey("project.key"), nullable=False),
    Column("unit", String(40), ForeignKey("org_unit.code"), nullable=False),
    Column("division", String(6), nullable=False),
    Column("refers_to", BigInteger, ForeignKey("notice.key"), nullable=True),
    Column("first_published_at", UtcDateTime, nullable=False),
    Column("versions", Integer, nullable=False),
    CheckConstraint("versions >= 1", name="versions_positive"),
    Index("ix_notice_project", "project"),
    Index("ix_notice_kind_division", "kind", "division"),
    Index("ix_notice_first_published_at", "first_published_at"),
    Index("ix_notice_refers_to", "refers_to"),
)

#: Append-only: triggers refuse UPDATE and DELETE. ``sections`` is what people read, ``facts`` what
#: programs read, ``search_text`` both title and text in one; ``sha256`` covers all that is shown;
#: ``instance_key`` is the matter that published it, empty for what was taken over.
notice_version = Table(
    "notice_version",
    metadata,
    Column("notice", BigInteger, ForeignKey("notice.key"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("title", String(300), nullable=False),
    Column("sections", JsonText, nullable=False),
    Column("facts", JsonText, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("period_from", Date, nullable=True),
    Column("period_to", Date, nullable=True),
    Column("deadline", UtcDateTime, nullable=True),
    Column("reason", String(1000), nullable=False, server_default=""),
    Column("published_at", UtcDateTime, nullable=False),
    Column("published_by", String(60), nullable=False),
    Column("instance_key", BigInteger, nullable=True),
    Column("sha256", String(64), nullable=False),
    CheckConstraint("version >= 1", name="version_positive"),
    CheckConstraint("period_to IS NULL OR period_to >= period_from", name="period_in_order"),
    Index("ix_notice_version_published_at", "published_at"),
    Index("ix_notice_version_instance_key", "instance_key"),
)

#: Append-only like the version; the content lies under its hash as that of ``attachment`` does.
notice_attachment = Table(
    "notice_attachment",
    metadata,
    Column("notice", BigInteger, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("attachment", BigInteger, ForeignKey("attachment.key"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("sha256", String(64), nullable=False),
    ForeignKeyConstraint(
        ["notice", "version"], ["notice_version.notice", "notice_version.version"]
    ),
)

_LIVE = text("released_at IS NULL")

#: Which lots a notice is about; within a family (calls, results …) a lot has one live notice.
notice_lot = Table(
    "notice_lot",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("notice", BigInteger, ForeignKey("notice.key"), nullable=False),
    Column("lot", BigInteger, ForeignKey("lot.key"), nullable=False),
    Column("family", String(20), nullable=False),
    Column("lot_revision", Integer, nullable=False),
    Column("released_at", UtcDateTime, nullable=True),
    UniqueConstraint("notice", "lot"),
    Index(
        "uq_notice_lot_live",
        "family",
        "lot",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
    Index("ix_notice_lot_lot", "lot"),
)
