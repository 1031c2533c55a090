"""What the lists read: only open work, one row per pool in which a work item is listed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    text,
)

from engine.store.tables.schema import UtcDateTime, metadata

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
