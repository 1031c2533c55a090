"""Random draws: opened, frozen, drawn once, perhaps followed by another."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.store.tables.schema import JsonText, UtcDateTime, metadata

_OPEN = text("drawn_at IS NULL AND void_at IS NULL")

#: ``subject`` is the matter's key. A trigger lets nothing change once ``drawn_at`` is set, so a
#: result is stored once; what follows is a draw of its own that names the one it replaces.
draw = Table(
    "draw",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("number", String(60), nullable=True),
    Column("replaces", BigInteger, ForeignKey("draw.key"), nullable=True),
    Column("reason", String(500), nullable=False, server_default=""),
    Column("server_secret", String(64), nullable=False),
    Column("server_commitment", String(64), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("frozen", JsonText, nullable=True),
    Column("list_sha256", String(64), nullable=True),
    Column("frozen_at", UtcDateTime, nullable=True),
    Column("drawn_at", UtcDateTime, nullable=True),
    Column("drawn_by", String(60), nullable=True),
    Column("mode", String(20), nullable=True),
    Column("protocol", JsonText, nullable=True),
    Column("protocol_sha256", String(64), nullable=True),
    Column("void_at", UtcDateTime, nullable=True),
    UniqueConstraint("number"),
    UniqueConstraint("replaces"),
    UniqueConstraint("kind", "subject", "sequence"),
    CheckConstraint("replaces IS NULL OR reason <> ''", name="redraw_has_reason"),
    CheckConstraint(
        "sequence = 1 OR drawn_at IS NULL OR replaces IS NOT NULL", name="redraw_is_linked"
    ),
    CheckConstraint(
        "drawn_at IS NULL OR (number IS NOT NULL AND frozen_at IS NOT NULL"
        " AND drawn_by IS NOT NULL AND protocol_sha256 IS NOT NULL AND void_at IS NULL)",
        name="drawn_is_complete",
    ),
    Index(
        "uq_draw_open_subject",
        "kind",
        "subject",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)

#: What a party has committed to, and what it gave or revealed; the server's stands in ``draw``.
draw_share = Table(
    "draw_share",
    metadata,
    Column("draw", BigInteger, ForeignKey("draw.key"), primary_key=True),
    Column("party", String(80), primary_key=True),
    Column("commitment", String(64), nullable=False, server_default=""),
    Column("committed_at", UtcDateTime, nullable=True),
    Column("secret", String(200), nullable=True),
    Column("revealed_at", UtcDateTime, nullable=True),
    CheckConstraint("(commitment <> '') = (committed_at IS NOT NULL)", name="commitment_has_time"),
)

#: Append-only by trigger; a place is taken once, and so is a candidate.
draw_pick = Table(
    "draw_pick",
    metadata,
    Column("draw", BigInteger, ForeignKey("draw.key"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("group_name", String(100), nullable=False),
    Column("candidate", String(40), nullable=False),
    UniqueConstraint("draw", "candidate"),
)
