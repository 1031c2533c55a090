"""Messages and signals on their way, and the events that start procedures."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, UniqueConstraint

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: A message or signal for one waiting token; without an instance it is a message that nobody
#: waits for yet. ``message_id`` is the sender's: the same one is taken once.
delivery = Table(
    "delivery",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("name", String(100), nullable=False),
    Column("correlation_key", String(200), nullable=False),
    Column("variables", JsonText, nullable=False),
    Column("message_id", String(100), nullable=True),
    Column("instance_key", BigInteger, ForeignKey("process_instance.key"), nullable=True),
    Column("root_key", BigInteger, nullable=True),
    Column("token_id", String(40), nullable=True),
    #: waiting -> done | gone (the token moved on) | expired
    Column("state", String(12), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=True),
    UniqueConstraint("name", "message_id"),
    Index("ix_delivery_state_key", "state", "key"),
)

#: Message, signal and timer start events of the newest version of each procedure.
start_subscription = Table(
    "start_subscription",
    metadata,
    Column("process_id", String(100), primary_key=True),
    Column("element_id", String(100), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("name", String(100), nullable=False),
    Column("due_at", UtcDateTime, nullable=True),
    #: what is left of a timer cycle after ``due_at``, empty at its end
    Column("cycle", String(100), nullable=False, server_default=""),
    Index("ix_start_subscription_kind_name", "kind", "name"),
    Index("ix_start_subscription_due_at", "due_at"),
)
