"""Copies of matters are sent to people, who read them."""

import sqlalchemy as sa
from alembic import op

revision = "circulation"
down_revision = "votes"
branch_labels = None
depends_on = None

_UNREAD = sa.text("read_at IS NULL")
_READ = sa.text("read_at IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "circulation",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(100), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(200), nullable=False),
        sa.Column("sender", sa.String(60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["root_key"], ["process_instance.key"], name="fk_circulation_root_key"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_circulation"),
    )
    op.create_index("ix_circulation_root_key", "circulation", ["root_key"])
    op.create_index("ix_circulation_sender", "circulation", ["sender", "key"])
    op.create_table(
        "circulated_copy",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("circulation_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(100), nullable=False),
        sa.Column("receiver", sa.String(60), nullable=False),
        sa.Column("read_at", moment, nullable=True),
        sa.Column("comment", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["circulation_key"], ["circulation.key"], name="fk_circulated_copy_circulation_key"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_circulated_copy"),
    )
    table = "circulated_copy"
    op.create_index("ix_circulated_copy_circulation_key", table, ["circulation_key"])
    op.create_index("ix_circulated_copy_root_key", table, ["root_key", "receiver"])
    op.create_index(
        "ix_circulated_copy_unread",
        table,
        ["receiver", "key"],
        postgresql_where=_UNREAD,
        sqlite_where=_UNREAD,
    )
    op.create_index(
        "ix_circulated_copy_read",
        table,
        ["receiver", "read_at", "key"],
        postgresql_where=_READ,
        sqlite_where=_READ,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("circulated_copy")
    op.drop_table("circulation")
