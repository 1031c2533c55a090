"""Copies of matters that people send each other to read."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    false,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata

#: 抄送: one act of sending a matter to some people.
circulation = Table(
    "circulation",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    #: of the root process, for the filter of the list
    Column("process_id", String(100), nullable=False),
    #: the step at which it was sent
    Column("work_item_key", BigInteger, nullable=False),
    Column("step", String(200), nullable=False),
    Column("sender", String(60), nullable=False),
    Column("words", Text, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    #: the model sent it when the sender decided (property ``circulate.to``)
    Column("ruled", Boolean, nullable=False, server_default=false()),
    Index("ix_circulation_root_key", "root_key"),
    Index("ix_circulation_sender", "sender", "key"),
)

#: One copy: 待阅 until its receiver says that it was read.
circulated_copy = Table(
    "circulated_copy",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("circulation_key", BigInteger, ForeignKey("circulation.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("process_id", String(100), nullable=False),
    Column("receiver", String(60), nullable=False),
    Column("read_at", UtcDateTime, nullable=True),
    Column("comment", Text, nullable=False, server_default=""),
    Index("ix_circulated_copy_circulation_key", "circulation_key"),
    Index("ix_circulated_copy_root_key", "root_key", "receiver"),
    Index(
        "ix_circulated_copy_unread",
        "receiver",
        "key",
        postgresql_where=text("read_at IS NULL"),
        sqlite_where=text("read_at IS NULL"),
    ),
    Index(
        "ix_circulated_copy_read",
        "receiver",
        "read_at",
        "key",
        postgresql_where=text("read_at IS NOT NULL"),
        sqlite_where=text("read_at IS NOT NULL"),
    ),
)
