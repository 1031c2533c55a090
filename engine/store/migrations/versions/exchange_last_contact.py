"""Find a partner's last message without reading all of them."""

from alembic import op

revision = "exchange_last_contact"
down_revision = "lists_and_filters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_sent_message_partner", "sent_message", ["partner", "key"])
    op.create_index("ix_received_message_partner", "received_message", ["partner", "key"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_received_message_partner", "received_message")
    op.drop_index("ix_sent_message_partner", "sent_message")
