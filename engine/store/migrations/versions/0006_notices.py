"""What people are told, what they want to be told, and how."""

import sqlalchemy as sa
from alembic import op

revision = "0006_notices"
down_revision = "0005_deadlines"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.BigInteger()
_LOGIN = sa.String(length=60)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bell_notice",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("login", _LOGIN, nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("root_key", _KEY, nullable=True),
        sa.Column("work_item_key", _KEY, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.Column("spread", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_bell_notice"),
    )
    op.create_index("ix_bell_notice_login_key", "bell_notice", ["login", "key"])
    op.create_index(
        "ix_bell_notice_unread",
        "bell_notice",
        ["login", "event"],
        postgresql_where=sa.text("read_at IS NULL"),
        sqlite_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "ix_bell_notice_unspread",
        "bell_notice",
        ["key"],
        postgresql_where=sa.text("NOT spread"),
        sqlite_where=sa.text("spread = 0"),
    )
    op.create_table(
        "bell_reader",
        sa.Column("login", _LOGIN, nullable=False),
        sa.Column("seen_key", _KEY, nullable=False),
        sa.Column("email", sa.String(length=120), server_default="", nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["participant.login"], name="fk_bell_reader_login"),
        sa.PrimaryKeyConstraint("login", name="pk_bell_reader"),
    )
    op.create_table(
        "bell_choice",
        sa.Column("login", _LOGIN, nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["participant.login"], name="fk_bell_choice_login"),
        sa.PrimaryKeyConstraint("login", "event", "way", name="pk_bell_choice"),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("bell_choice", "bell_reader", "bell_notice"):
        op.drop_table(table)
