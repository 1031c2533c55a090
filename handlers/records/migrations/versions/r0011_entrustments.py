"""Create entrustments of agencies."""

import sqlalchemy as sa
from alembic import op

revision = "r0011_entrustments"
down_revision = "r0010_related_notices"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PENDING = sa.text("accepted_at IS NULL AND ended_at IS NULL")
_IN_FORCE = sa.text("accepted_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "entrustment",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("agency", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("agreement_no", sa.String(60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(500), nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("accepted_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_entrustment")),
        _foreign("project", "project.key"),
        _foreign("agency", "agency.code"),
        _foreign("unit", "org_unit.code"),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= submitted_at",
            name=op.f("ck_entrustment_ends_after_it_began"),
        ),
    )
    _unique("uq_entrustment_pending_project", _PENDING)
    _unique("uq_entrustment_project_in_force", _IN_FORCE)
    op.create_index("ix_entrustment_agency", "entrustment", ["agency"])


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_entrustment_{column}"))


def _unique(name: str, which: sa.TextClause) -> None:
    op.create_index(
        name,
        "entrustment",
        ["project"],
        unique=True,
        sqlite_where=which,
        postgresql_where=which,
    )
