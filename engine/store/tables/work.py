"""Work items: who may take them, who has them, what was decided."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

work_item = Table(
    "work_item",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("process_id", String(100), nullable=False),
    Column("root_process_id", String(100), nullable=False),
    Column("element_id", String(100), nullable=False),
    Column("token_id", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("state", String(12), nullable=False),
    Column("assignee", String(60), nullable=True),
    Column("priority", Integer, nullable=False),
    #: none while the clock stands still
    Column("due_at", UtcDateTime, nullable=True),
    Column("clock_stopped_at", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    #: first look by somebody who may act; after it the initiator can no longer withdraw
    Column("opened_at", UtcDateTime, nullable=True),
    Column("ended_at", UtcDateTime, nullable=True),
    Column("ended_by", String(60), nullable=True),
    Column("ended_role", String(40), nullable=False, server_default=""),
    Column("outcome", String(40), nullable=False, server_default=""),
    Column("outcome_label", String(100), nullable=False, server_default=""),
    Column("opinion", Text, nullable=False, server_default=""),
    #: the signature that stands under the opinion, as it was then
    Column("signature", String(64), nullable=True),
    #: login of the person whose step led here
    Column("sender", String(60), nullable=False, server_default=""),
    #: the work item whose return led here
    Column("returned_from", BigInteger, nullable=True),
    #: how the matter came here: flow, return, resume, withdraw, recall, move
    Column("arrival", String(12), nullable=False, server_default="flow"),
    #: the work item whose end led here
    Column("cause_key", BigInteger, nullable=True),
    #: task, or a part of one: consult, sign_before, sign_after, outside
    Column("kind", String(12), nullable=False, server_default="task"),
    #: 0 for the token's own task; parts of it are numbered
    Column("part", Integer, nullable=False, server_default="0"),
    Column("parent_key", BigInteger, nullable=True),
    #: who gets a delegated task back
    Column("owner", String(60), nullable=True),
    #: who may take it: read with the row, never searched (lists search ``worklist_entry``)
    Column("candidates", JsonText, nullable=False, server_default="[]"),
    #: what the sender says to its person
    Column("request", Text, nullable=False, server_default=""),
    #: the principal for whom a substitute has it or did it
    Column("on_behalf_of", String(60), nullable=True),
    #: how it came to its people: ``engine.model.states.AssignedBy``
    Column("assigned_by", String(20), nullable=False, server_default="rule"),
    #: variables of a decision that waits for added signatures, as the state document writes them
    Column("decision", Text, nullable=True),
    #: the round of a vote that it is a ballot of
    Column("round_key", BigInteger, nullable=True),
    Column("weight", Integer, nullable=False, server_default="1"),
    UniqueConstraint("instance_key", "token_id", "part"),
    Index("ix_work_item_root_key", "root_key"),
    Index(
        "ix_work_item_assignee",
        "assignee",
        postgresql_where=text("state IN ('offered', 'claimed')"),
        sqlite_where=text("state IN ('offered', 'claimed')"),
    ),
    # 已办 is read from the index alone
    Index(
        "ix_work_item_done",
        "ended_by",
        "ended_at",
        "key",
        postgresql_include=["root_process_id"],
        postgresql_where=text("state = 'completed'"),
        sqlite_where=text("state = 'completed'"),
    ),
    Index("ix_work_item_state_due_at", "state", "due_at"),
)
#: few rows are about a substitution
Index(
    "ix_work_item_on_behalf_of",
    work_item.c.on_behalf_of,
    work_item.c.state,
    postgresql_where=work_item.c.on_behalf_of.is_not(None),
    sqlite_where=work_item.c.on_behalf_of.is_not(None),
)

#: What a return ended, so that the matter can go straight back to where it was.
return_slip = Table(
    "return_slip",
    metadata,
    #: the work item of whoever returned it
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), primary_key=True),
    Column("root_key", BigInteger, nullable=False),
    #: where the tokens were: the instance, and what ended in it and below it
    Column("instance_key", BigInteger, nullable=False),
    Column("marking", Text, nullable=False),
    Column("calls", JsonText, nullable=False),
    #: whether it goes straight back after the correction
    Column("resumes", Boolean, nullable=False),
    Index("ix_return_slip_root_key", "root_key"),
)

work_item_draft = Table(
    "work_item_draft",
    metadata,
    Column("work_item_key", BigInteger, ForeignKey("work_item.key"), primary_key=True),
    Column("participant", String(60), primary_key=True),
    Column("answers", JsonText, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
