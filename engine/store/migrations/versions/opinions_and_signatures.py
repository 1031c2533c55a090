"""Opinions that are written often, and the signature that stands under an opinion."""

import sqlalchemy as sa
from alembic import op

revision = "opinions_and_signatures"
down_revision = "exchange_last_contact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "opinion_phrase",
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.login"], name="fk_opinion_phrase_participant"
        ),
        sa.PrimaryKeyConstraint("participant", "position", name="pk_opinion_phrase"),
    )
    for table in ("participant", "work_item"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("signature", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Undo."""
    for table in ("work_item", "participant"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("signature")
    op.drop_table("opinion_phrase")
