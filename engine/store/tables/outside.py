"""One-time links of parties outside of the office; the token itself is not kept."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from engine.store.tables.schema import UtcDateTime, metadata

outside_link = Table(
    "outside_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    #: the part of the task that waits for the answer
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("party", String(60), nullable=False),
    Column("fields", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_outside_link_root_key", "root_key"),
)
