"""What people are told, what they want to be told, and how."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Time, text

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: One row per reader. A new task has no row for its readers (the bell reads ``worklist_entry``);
#: where channels are configured it has one without a login, for the worker to spread.
bell_notice = Table(
    "bell_notice",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("login", String(60), nullable=False),
    Column("event", String(20), nullable=False),
    Column("root_key", BigInteger, nullable=True),
    Column("work_item_key", BigInteger, nullable=True),
    Column("detail", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=True),
    Column("spread", Boolean, nullable=False),
    Index("ix_bell_notice_login_key", "login", "key"),
    Index(
        "ix_bell_notice_unread",
        "login",
        "event",
        postgresql_where=text("read_at IS NULL"),
        sqlite_where=text("read_at IS NULL"),
    ),
    Index(
        "ix_bell_notice_unspread",
        "key",
        postgresql_where=text("NOT spread"),
        sqlite_where=text("spread = 0"),
    ),
)

#: How far a person has looked, and where notices may be sent.
bell_reader = Table(
    "bell_reader",
    metadata,
    Column("login", String(60), ForeignKey("participant.login"), primary_key=True),
    #: work items up to this key have been seen on the bell
    Column("seen_key", BigInteger, nullable=False),
    Column("email", String(120), nullable=False, server_default=""),
    #: no messages between these times of day (office time); the same or none: always
    Column("quiet_from", Time, nullable=True),
    Column("quiet_until", Time, nullable=True),
)

#: What differs from the defaults: which event by which way (``bell`` or a channel).
bell_choice = Table(
    "bell_choice",
    metadata,
    Column("login", String(60), ForeignKey("participant.login"), primary_key=True),
    Column("event", String(20), primary_key=True),
    Column("way", String(12), primary_key=True),
    Column("wanted", Boolean, nullable=False),
)
