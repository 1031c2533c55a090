"""Messages exchanged with outside systems: what went out, what came in, what was seen."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

#: One row per message that a partner has taken; written with the end of its job.
sent_message = Table(
    "sent_message",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    #: handler and the message's id in its realm: never twice
    Column("handler", String(100), nullable=False),
    Column("message_id", String(150), nullable=False),
    #: of what the handler read, so that another content under the same id is noticed
    Column("digest", String(64), nullable=False),
    Column("job_key", BigInteger, nullable=False),
    Column("root_key", BigInteger, nullable=True),
    Column("partner", String(60), nullable=False),
    Column("type", String(60), nullable=False),
    Column("subject", String(150), nullable=False),
    Column("body", JsonText, nullable=False),
    Column("answer", JsonText, nullable=False),
    Column("variables", JsonText, nullable=False),
    #: false: kept in the development outbox, nobody was called
    Column("delivered", Boolean, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    UniqueConstraint("handler", "message_id"),
    Index("ix_sent_message_job_key", "job_key"),
    Index("ix_sent_message_partner", "partner", "key"),
)

#: One row per message id of a partner, whatever became of it.
received_message = Table(
    "received_message",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("partner", String(60), nullable=False),
    Column("message_id", String(100), nullable=False),
    Column("type", String(60), nullable=False),
    Column("subject", String(150), nullable=False),
    Column("data", JsonText, nullable=False),
    #: of the body as received
    Column("digest", String(64), nullable=False),
    #: done | rejected | held (nothing here belongs to it) -> done | given_up
    Column("state", String(12), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", JsonText, nullable=False),
    #: why it is held or was rejected, for the administrator
    Column("reason", Text, nullable=False, server_default=""),
    Column("root_key", BigInteger, nullable=True),
    Column("address", String(60), nullable=False, server_default=""),
    Column("received_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime, nullable=True),
    Column("settled_by", String(60), nullable=True),
    UniqueConstraint("partner", "message_id"),
    Index("ix_received_message_state", "state", "key"),
    Index("ix_received_message_partner", "partner", "key"),
)

#: Nonces of accepted signatures, kept as long as their timestamp would be accepted.
seen_nonce = Table(
    "seen_nonce",
    metadata,
    Column("partner", String(60), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_seen_nonce_expires_at", "expires_at"),
)

#: A kind of partner that did not answer: its other messages wait until then.
partner_pause = Table(
    "partner_pause",
    metadata,
    Column("partner", String(60), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)
