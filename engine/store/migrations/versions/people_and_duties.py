"""Leaders, 回避, 代理 and 离职交接; work items say for whom and by which rule."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.schema import JsonText, UtcDateTime

revision = "people_and_duties"
down_revision = "0004_office_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("on_behalf_of", sa.String(length=60), nullable=True))
        batch_op.add_column(
            sa.Column("assigned_by", sa.String(length=20), server_default="rule", nullable=False)
        )
    stands_in = sa.text("on_behalf_of IS NOT NULL")
    op.create_index(
        "ix_work_item_on_behalf_of",
        "work_item",
        ["on_behalf_of", "state"],
        postgresql_where=stands_in,
        sqlite_where=stands_in,
    )
    with op.batch_alter_table("participant") as batch_op:
        batch_op.add_column(sa.Column("leader", sa.String(length=60), nullable=True))
    with op.batch_alter_table("org_unit") as batch_op:
        batch_op.add_column(sa.Column("leader", sa.String(length=60), nullable=True))
    _recusal()
    _substitution()
    _handover()


def _recusal() -> None:
    op.create_table(
        "recusal",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.login"], name="fk_recusal_participant"
        ),
        sa.ForeignKeyConstraint(["root_key"], ["process_instance.key"], name="fk_recusal_root_key"),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name="fk_recusal_unit"),
        sa.PrimaryKeyConstraint("key", name="pk_recusal"),
    )
    for column in ("root_key", "unit", "participant"):
        op.create_index(f"ix_recusal_{column}", "recusal", [column])


def _substitution() -> None:
    op.create_table(
        "substitution",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("principal", sa.String(length=60), nullable=False),
        sa.Column("substitute", sa.String(length=60), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("processes", JsonText(), nullable=False),
        sa.Column("regions", JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["principal"], ["participant.login"], name="fk_substitution_principal"
        ),
        sa.ForeignKeyConstraint(
            ["substitute"], ["participant.login"], name="fk_substitution_substitute"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_substitution"),
    )
    for column in ("principal", "substitute"):
        op.create_index(f"ix_substitution_{column}", "substitution", [column, "ends_at"])


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaver", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["leaver"], ["participant.login"], name="fk_handover_leaver"),
        sa.PrimaryKeyConstraint("key", name="pk_handover"),
    )
    op.create_index("ix_handover_leaver", "handover", ["leaver"])
    op.create_table(
        "handover_line",
        sa.Column("handover_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("object_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("new_owner", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("message_zh", sa.Text(), server_default="", nullable=False),
        sa.Column("message_en", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_key"], ["handover.key"], name="fk_handover_line_handover_key"
        ),
        sa.PrimaryKeyConstraint("handover_key", "kind", "object_key", name="pk_handover_line"),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("handover_line", "handover", "substitution", "recusal"):
        op.drop_table(table)
    for table in ("org_unit", "participant"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("leader")
    op.drop_index("ix_work_item_on_behalf_of", "work_item")
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("assigned_by")
        batch_op.drop_column("on_behalf_of")
