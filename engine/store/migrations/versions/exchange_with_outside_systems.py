"""Exchange messages with outside systems: outbox on the jobs, receipts, inbox, nonces."""

import sqlalchemy as sa
from alembic import op

revision = "exchange_with_outside"
down_revision = "people_and_duties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.alter_column("instance_key", existing_type=sa.BigInteger(), nullable=True)
        batch_op.alter_column("root_key", existing_type=sa.BigInteger(), nullable=True)
        batch_op.alter_column("token_id", existing_type=sa.String(length=40), nullable=True)
        batch_op.add_column(
            sa.Column("partner", sa.String(length=60), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("message_id", sa.String(length=150), server_default="", nullable=False)
        )
        batch_op.create_index("ix_job_partner", ["partner", "key"], unique=False)
    without_token = sa.text("token_id IS NULL")
    op.create_index(
        "uq_job_message",
        "job",
        ["job_type", "message_id"],
        unique=True,
        sqlite_where=without_token,
        postgresql_where=without_token,
    )
    op.create_table(
        "sent_message",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("handler", sa.String(length=100), nullable=False),
        sa.Column("message_id", sa.String(length=150), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("job_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=True),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sent_message")),
        sa.UniqueConstraint(
            "handler", "message_id", name=op.f("uq_sent_message_handler_message_id")
        ),
    )
    op.create_index("ix_sent_message_job_key", "sent_message", ["job_key"])
    op.create_table(
        "received_message",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(length=60), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_received_message")),
        sa.UniqueConstraint(
            "partner", "message_id", name=op.f("uq_received_message_partner_message_id")
        ),
    )
    op.create_index("ix_received_message_state", "received_message", ["state", "key"])
    op.create_table(
        "seen_nonce",
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("partner", "nonce", name=op.f("pk_seen_nonce")),
    )
    op.create_index("ix_seen_nonce_expires_at", "seen_nonce", ["expires_at"])
    op.create_table(
        "partner_pause",
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("partner", name=op.f("pk_partner_pause")),
    )


def downgrade() -> None:
    """Take back; messages that no process waits for are lost."""
    for name in ("partner_pause", "seen_nonce", "received_message", "sent_message"):
        op.drop_table(name)
    op.drop_index("uq_job_message", "job")
    op.execute("DELETE FROM job WHERE token_id IS NULL")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_partner")
        batch_op.drop_column("message_id")
        batch_op.drop_column("partner")
        batch_op.alter_column("token_id", existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("root_key", existing_type=sa.BigInteger(), nullable=False)
        batch_op.alter_column("instance_key", existing_type=sa.BigInteger(), nullable=False)
