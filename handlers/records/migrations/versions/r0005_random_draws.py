"""Create random draws, the pool of experts and the applications for some of them."""

import sqlalchemy as sa
from alembic import op

revision = "r0005_random_draws"
down_revision = "r0004_password_recovery"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("drawn_at IS NULL AND void_at IS NULL")
#: What a row may never do: (trigger, table, event, condition or None, sentence).
_GUARDS = (
    ("draw_no_delete", "draw", "DELETE", None, "a draw is never removed"),
    (
        "draw_is_drawn_once",
        "draw",
        "UPDATE",
        "OLD.drawn_at IS NOT NULL OR OLD.void_at IS NOT NULL",
        "what was drawn stays as it is",
    ),
    (
        "draw_keeps_server_share",
        "draw",
        "UPDATE",
        "NEW.server_secret <> OLD.server_secret"
        " OR NEW.server_commitment <> OLD.server_commitment"
        " OR NEW.subject <> OLD.subject OR NEW.sequence <> OLD.sequence",
        "server share is fixed at the opening",
    ),
    ("draw_pick_no_update", "draw_pick", "UPDATE", None, "picks never change"),
    ("draw_pick_no_delete", "draw_pick", "DELETE", None, "picks never change"),
    (
        "draw_share_keeps_word",
        "draw_share",
        "UPDATE",
        "NEW.commitment <> OLD.commitment OR OLD.secret IS NOT NULL",
        "a party keeps its word",
    ),
)


def upgrade() -> None:
    """Apply."""
    _create_draws()
    _create_experts()
    for guard in _GUARDS:
        _guard(*guard)


def _guard(name: str, table: str, event: str, condition: str | None, sentence: str) -> None:
    """Let the database refuse ``event`` on ``table`` when ``condition`` holds (always if None)."""
    when = "" if condition is None else f" WHEN ({condition})"
    message = f"{table}: {sentence}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _create_draws() -> None:
    op.create_table(
        "draw",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(500), server_default="", nullable=False),
        sa.Column("server_secret", sa.String(64), nullable=False),
        sa.Column("server_commitment", sa.String(64), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("list_sha256", sa.String(64), nullable=True),
        sa.Column("frozen_at", _MOMENT, nullable=True),
        sa.Column("drawn_at", _MOMENT, nullable=True),
        sa.Column("drawn_by", sa.String(60), nullable=True),
        sa.Column("mode", sa.String(20), nullable=True),
        sa.Column("protocol", sa.Text(), nullable=True),
        sa.Column("protocol_sha256", sa.String(64), nullable=True),
        sa.Column("void_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draw")),
        sa.UniqueConstraint("number", name=op.f("uq_draw_number")),
        sa.UniqueConstraint("replaces", name=op.f("uq_draw_replaces")),
        sa.UniqueConstraint(
            "kind", "subject", "sequence", name=op.f("uq_draw_kind_subject_sequence")
        ),
        _foreign("draw", "replaces", "draw.key"),
        sa.CheckConstraint(
            "replaces IS NULL OR reason <> ''", name=op.f("ck_draw_redraw_has_reason")
        ),
        sa.CheckConstraint(
            "sequence = 1 OR drawn_at IS NULL OR replaces IS NOT NULL",
            name=op.f("ck_draw_redraw_is_linked"),
        ),
        sa.CheckConstraint(
            "drawn_at IS NULL OR (number IS NOT NULL AND frozen_at IS NOT NULL"
            " AND drawn_by IS NOT NULL AND protocol_sha256 IS NOT NULL AND void_at IS NULL)",
            name=op.f("ck_draw_drawn_is_complete"),
        ),
    )
    op.create_index(
        "uq_draw_open_subject",
        "draw",
        ["kind", "subject"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "draw_share",
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("party", sa.String(80), nullable=False),
        sa.Column("commitment", sa.String(64), server_default="", nullable=False),
        sa.Column("committed_at", _MOMENT, nullable=True),
        sa.Column("secret", sa.String(200), nullable=True),
        sa.Column("revealed_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("draw", "party", name=op.f("pk_draw_share")),
        _foreign("draw_share", "draw", "draw.key"),
        sa.CheckConstraint(
            "(commitment <> '') = (committed_at IS NOT NULL)",
            name=op.f("ck_draw_share_commitment_has_time"),
        ),
    )
    op.create_table(
        "draw_pick",
        sa.Column("draw", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_name", sa.String(100), nullable=False),
        sa.Column("candidate", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("draw", "place", name=op.f("pk_draw_pick")),
        sa.UniqueConstraint("draw", "candidate", name=op.f("uq_draw_pick_draw_candidate")),
        _foreign("draw_pick", "draw", "draw.key"),
    )


def _create_experts() -> None:
    op.create_table(
        "expert",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("field", sa.String(100), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("employer", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(20), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_expert")),
    )
    op.create_index("ix_expert_division_field", "expert", ["division", "field"])
    op.create_table(
        "expert_application",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=True),
        sa.Column("project_name", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("review_at", _MOMENT, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(50), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_expert_application")),
        _foreign("expert_application", "project", "project.key"),
        _foreign("expert_application", "unit", "org_unit.code"),
    )
    op.create_index("ix_expert_application_project", "expert_application", ["project"])
    op.create_index("ix_expert_application_unit", "expert_application", ["unit"])
    op.create_table(
        "expert_application_lot",
        sa.Column("application", sa.BigInteger(), nullable=False),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application", "lot", name=op.f("pk_expert_application_lot")),
        _foreign("expert_application_lot", "application", "expert_application.instance_key"),
        _foreign("expert_application_lot", "lot", "lot.key"),
    )


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
