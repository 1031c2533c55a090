"""What was opened, chosen and saved by a person; indexes that lists are read from alone."""

import sqlalchemy as sa
from alembic import op

revision = "lists_and_filters"
down_revision = "exchange_with_outside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "work_item_seen",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login", "work_item_key", name=op.f("pk_work_item_seen")),
    )
    op.create_table(
        "person_setting",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["login"], ["participant.login"], name=op.f("fk_person_setting_login")
        ),
        sa.PrimaryKeyConstraint("login", "name", name=op.f("pk_person_setting")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("box", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=12), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["login"], ["participant.login"], name=op.f("fk_saved_filter_login")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_saved_filter")),
    )
    op.create_index("ix_saved_filter_login", "saved_filter", ["login", "position"])
    op.drop_index("ix_work_item_ended_by", "work_item")
    op.create_index(
        "ix_work_item_done",
        "work_item",
        ["ended_by", "ended_at", "key"],
        postgresql_include=["root_process_id"],
        postgresql_where=sa.text("state = 'completed'"),
        sqlite_where=sa.text("state = 'completed'"),
    )
    op.drop_index("ix_process_instance_initiator", "process_instance")
    op.create_index(
        "ix_process_instance_started",
        "process_instance",
        ["initiator", "started_at", "key"],
        postgresql_where=sa.text("parent_key IS NULL AND submitted"),
        sqlite_where=sa.text("parent_key IS NULL AND submitted = 1"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_process_instance_started", "process_instance")
    op.create_index(
        "ix_process_instance_initiator", "process_instance", ["initiator", "started_at"]
    )
    op.drop_index("ix_work_item_done", "work_item")
    op.create_index("ix_work_item_ended_by", "work_item", ["ended_by", "ended_at"])
    op.drop_index("ix_saved_filter_login", "saved_filter")
    op.drop_table("saved_filter")
    op.drop_table("person_setting")
    op.drop_table("work_item_seen")
