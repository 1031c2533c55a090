"""The statutory calendar in published versions."""

import sqlalchemy as sa
from alembic import op

revision = "0004_office_calendar"
down_revision = "office_verbs"
branch_labels = None
depends_on = None

_TABLES = ("calendar_year", "calendar_day")


def _guard(table: str) -> None:
    """Refuse changes of what was published: deadlines were counted by it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "calendar_year",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_calendar_year"),
        sa.UniqueConstraint(
            "division", "year", "version", name="uq_calendar_year_division_year_version"
        ),
    )
    op.create_table(
        "calendar_day",
        sa.Column("year_key", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["year_key"], ["calendar_year.key"], name="fk_calendar_day_year_key"
        ),
        sa.PrimaryKeyConstraint("year_key", "day", name="pk_calendar_day"),
    )
    op.create_table(
        "calendar_sweep",
        sa.Column("year_key", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_pass", sa.Boolean(), nullable=False),
        sa.Column("after_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["year_key"], ["calendar_year.key"], name="fk_calendar_sweep_year_key"
        ),
        sa.PrimaryKeyConstraint("year_key", name="pk_calendar_sweep"),
    )
    op.create_index("ix_calendar_sweep_next_at", "calendar_sweep", ["next_at"])
    for table in _TABLES:
        _guard(table)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_calendar_sweep_next_at", "calendar_sweep")
    op.drop_table("calendar_sweep")
    for table in reversed(_TABLES):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_is_append_only()")
