"""Clocks of work items and timers: what they count, when they stood still, what they ring."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    String,
    Table,
    Text,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata

#: One row per due date; ``key`` is the work item's or the timer's (no foreign key to two tables).
deadline = Table(
    "deadline",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False),
    Column("division", String(6), nullable=False),
    #: a span such as P5WD, a date, or a moment
    Column("due", String(60), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("counts_first_day", Boolean, nullable=False),
    Column("closes", String(5), nullable=False),
    #: the newest publication of the calendar when it was counted last
    Column("calendar_key", BigInteger, nullable=False),
    Index("ix_deadline_root_key", "root_key"),
)

#: Evidence: rows are added and ended, never deleted.
clock_stop = Table(
    "clock_stop",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("deadline_key", BigInteger, nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=True),
    Column("ground", String(60), nullable=False),
    Column("document", String(120), nullable=False),
    Column("reason", Text, nullable=False),
    Column("stopped_by", String(60), nullable=False),
    Column("resumed_by", String(60), nullable=False, server_default=""),
    Column("resume_document", String(120), nullable=False, server_default=""),
    Column("resume_reason", Text, nullable=False, server_default=""),
    Index("ix_clock_stop_deadline_key", "deadline_key"),
    Index("ix_clock_stop_root_key", "root_key"),
    #: a clock stands still once at a time
    Index(
        "uq_clock_stop_open",
        "deadline_key",
        unique=True,
        postgresql_where=text("until IS NULL"),
        sqlite_where=text("until IS NULL"),
    ),
)

#: Only the worker looks for what is due; whoever ends a work item leaves its alarms alone.
alarm = Table(
    "alarm",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("deadline_key", BigInteger, nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("rule", String(120), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    #: waiting -> fired | gone; waiting <-> stopped
    Column("state", String(12), nullable=False),
    Column("fired_at", UtcDateTime, nullable=True),
    Index("ix_alarm_deadline_key", "deadline_key"),
    Index(
        "ix_alarm_due_at",
        "due_at",
        postgresql_where=text("state = 'waiting'"),
        sqlite_where=text("state = 'waiting'"),
    ),
)
