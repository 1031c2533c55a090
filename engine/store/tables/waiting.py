"""Everything that waits is a row: jobs, timers, subscriptions, incidents."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

job = Table(
    "job",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    #: without a token it is a message that no process waits for, maybe of no matter at all
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=True),
    Column("root_key", BigInteger, nullable=True),
    Column("token_id", String(40), nullable=True),
    Column("element_id", String(100), nullable=False),
    Column("job_type", String(100), nullable=False),
    #: kind of the outside system, empty for a handler without a contract
    Column("partner", String(60), nullable=False, server_default=""),
    #: the message's id in the handler's realm, empty = the token is it
    Column("message_id", String(150), nullable=False, server_default=""),
    #: ready -> running -> done | ready (retry) | incident; any open state -> cancelled;
    #: incident -> ready (sent again) | given_up
    Column("state", String(12), nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
    #: counted at the claim, so that a handler that kills the process is counted too
    Column("attempt", Integer, nullable=False),
    Column("max_attempts", Integer, nullable=False),
    #: fencing token, +1 at each claim; a completion with an older one has no effect
    Column("fence", Integer, nullable=False),
    Column("lease_until", UtcDateTime, nullable=True),
    Column("owner", String(100), nullable=False, server_default=""),
    Column("inputs", JsonText, nullable=False),
    Column("headers", JsonText, nullable=False),
    Column("last_error", Text, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
    UniqueConstraint("instance_key", "token_id"),
    Index("ix_job_state_run_at", "state", "run_at"),
    Index("ix_job_root_key", "root_key"),
    Index("ix_job_partner", "partner", "key"),
)
#: A message that no process waits for is asked for once, however often it is.
Index(
    "uq_job_message",
    job.c.job_type,
    job.c.message_id,
    unique=True,
    sqlite_where=job.c.token_id.is_(None),
    postgresql_where=job.c.token_id.is_(None),
)

timer = Table(
    "timer",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("token_id", String(40), nullable=False),
    Column("element_id", String(100), nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Index("ix_timer_state_due_at", "state", "due_at"),
    Index("ix_timer_instance_key_token_id", "instance_key", "token_id"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("token_id", String(40), nullable=False),
    Column("element_id", String(100), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("name", String(100), nullable=False),
    Column("correlation_key", String(200), nullable=False, server_default=""),
    Index("ix_subscription_name_correlation_key", "kind", "name", "correlation_key"),
    Index("ix_subscription_instance_key_token_id", "instance_key", "token_id"),
)

incident = Table(
    "incident",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=False),
    Column("root_key", BigInteger, nullable=False),
    Column("element_id", String(100), nullable=False),
    #: step, job, timer or delivery, and the key of its row (none for a step)
    Column("stopped", String(12), nullable=False),
    Column("stopped_key", BigInteger, nullable=True),
    Column("kind", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime, nullable=True),
    Column("resolved_by", String(60), nullable=True),
    Index("ix_incident_root_key", "root_key"),
)
