"""Requests for a new password, for the limit of five an hour."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table

from engine.store.tables.schema import UtcDateTime, metadata

#: One row per request; those that came too often do not count against the next one.
recovery_try = Table(
    "recovery_try",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("uscc", String(40), nullable=False),
    Column("address", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("counted", Boolean, nullable=False),
    Index("ix_recovery_try_uscc_at", "uscc", "at"),
    Index("ix_recovery_try_address_at", "address", "at"),
)
