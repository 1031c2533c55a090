"""Rounds of votes: what the rule was and where they stand; the ballots are work items."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table

from engine.store.tables.schema import UtcDateTime, metadata

vote_round = Table(
    "vote_round",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_id", String(100), nullable=False),
    Column("element_id", String(100), nullable=False),
    #: the rule as it was, and what it asks for
    Column("passes", String(40), nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("sequential", Boolean, nullable=False),
    Column("needed", Integer, nullable=False),
    #: open, passed, rejected, ended (broken off, kept)
    Column("state", String(12), nullable=False),
    #: weights
    Column("agreed", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("abstained", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    #: numbers of people
    Column("voters", Integer, nullable=False),
    Column("cast", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
    Index("ix_vote_round_root_key", "root_key"),
)
