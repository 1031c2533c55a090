"""The statutory calendar in published versions, and how far deadlines follow the newest one."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.tables.schema import UtcDateTime, metadata

#: Append-only: triggers refuse UPDATE and DELETE. A year's newest version counts.
calendar_year = Table(
    "calendar_year",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    #: division prefix of a regional addition, empty for the whole country
    Column("division", String(6), nullable=False),
    Column("year", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    #: number of the document that says so
    Column("source", String(120), nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("published_by", String(60), nullable=False),
    UniqueConstraint("division", "year", "version"),
)

#: Append-only. What differs from Monday to Friday; a regional one: from the country's calendar.
calendar_day = Table(
    "calendar_day",
    metadata,
    Column("year_key", BigInteger, ForeignKey("calendar_year.key"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("name", String(60), nullable=False),
)

#: A publication whose open deadlines are still being counted anew; gone when that is done.
calendar_sweep = Table(
    "calendar_sweep",
    metadata,
    Column("year_key", BigInteger, ForeignKey("calendar_year.key"), primary_key=True),
    #: when to look (again): once at the publication, once more for commands that ran beside it
    Column("next_at", UtcDateTime, nullable=False),
    Column("last_pass", Boolean, nullable=False),
    #: deadlines up to this key were looked at in this pass
    Column("after_key", BigInteger, nullable=False),
    Index("ix_calendar_sweep_next_at", "next_at"),
)
