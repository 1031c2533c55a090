"""Whom people have chosen for steps that come, until the matter gets there."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from engine.store.tables.schema import UtcDateTime, metadata

chosen_person = Table(
    "chosen_person",
    metadata,
    Column("root_key", BigInteger, ForeignKey("process_instance.key"), primary_key=True),
    Column("process_id", String(100), primary_key=True),
    Column("element_id", String(100), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("login", String(60), nullable=False),
    Column("chosen_by", String(60), nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
)
