"""Rounds of votes, and which ballots belong to them."""

import sqlalchemy as sa
from alembic import op

revision = "votes"
down_revision = "staff_changes"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("round_key", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("weight", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "vote_round",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("passes", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("sequential", sa.Boolean(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("cast", sa.Integer(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["root_key"], ["process_instance.key"], name=op.f("fk_vote_round_root_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_vote_round")),
    )
    op.create_index("ix_vote_round_root_key", "vote_round", ["root_key"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("vote_round")
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("weight")
        batch_op.drop_column("round_key")
