"""What the lists read: only open work, one row per pool in which a work item is listed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: Rows live as long as the work item is open. What lists filter and sort by stands here again, so
#: that a page is a few index ranges, whatever else the database holds (docs/adr).
worklist_entry = Table(
    "worklist_entry",
    metadata,
    #: see ``engine.model.pools``
    Column("pool", String(110), primary_key=True),
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), primary_key=True),
    Column("root_key", BigInteger, nullable=False),
    #: of the root process
    Column("process_id", String(100), nullable=False),
    Column("element_id", String(100), nullable=False),
    #: of the matter
    Column("unit", String(40), nullable=False),
    Column("division", String(6), nullable=False),
    Column("initiator", String(60), nullable=False),
    #: when it is due; far in the future without a deadline, so that both databases sort it last
    Column("due_order", UtcDateTime, nullable=False),
    Column("returned", Boolean, nullable=False),
    #: title and number of the matter in lower case, for searching
    Column("headline", String(270), nullable=False),
    #: the step's name in lower case, for searching
    Column("step", String(200), nullable=False),
    Index("ix_worklist_entry_matter", "root_key", "work_item_key"),
    Index("ix_worklist_entry_due", "pool", "due_order", "work_item_key"),
    Index("ix_worklist_entry_process", "pool", "process_id", "due_order", "work_item_key"),
    Index(
        "ix_worklist_entry_returned",
        "pool",
        "due_order",
        "work_item_key",
        postgresql_where=text("returned"),
        sqlite_where=text("returned = 1"),
    ),
)

#: Who has opened which work item, and when first; forgotten some time after it has ended.
work_item_seen = Table(
    "work_item_seen",
    metadata,
    Column("login", String(60), primary_key=True),
    Column("work_item_key", BigInteger, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

#: What a person has chosen for himself, by name; a missing row is the default.
person_setting = Table(
    "person_setting",
    metadata,
    Column("login", String(60), ForeignKey("participant.login"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", JsonText, nullable=False),
)

#: A list's address under a name; ``query`` is ``[[name, value], …]`` of that address.
saved_filter = Table(
    "saved_filter",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("login", String(60), ForeignKey("participant.login"), nullable=False),
    Column("box", String(12), nullable=False),
    Column("name", String(40), nullable=False),
    Column("colour", String(12), nullable=False),
    Column("query", JsonText, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_saved_filter_login", "login", "position"),
)
