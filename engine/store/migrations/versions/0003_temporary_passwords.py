"""Temporary passwords, forced changes, and the brake on procedures that anybody may start."""

import sqlalchemy as sa
from alembic import op

revision = "0003_temporary_passwords"
down_revision = "0003_worklist_entries"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "participant",
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "temporary_password",
        sa.Column("participant", sa.String(60), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("previous_hash", sa.String(200), server_default="", nullable=False),
        sa.Column("reference", sa.String(100), server_default="", nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["participant"],
            ["participant.login"],
            name=op.f("fk_temporary_password_participant"),
        ),
        sa.PrimaryKeyConstraint("participant", name=op.f("pk_temporary_password")),
        sa.CheckConstraint(
            "expires_at > issued_at", name=op.f("ck_temporary_password_expires_after_issue")
        ),
    )
    op.create_table(
        "public_try",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(100), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_public_try")),
    )
    op.create_index("ix_public_try_address_at", "public_try", ["address", "at"])
