"""Create the first tables: identity, definitions, instances, work, waiting, records."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_tables"
down_revision = None
branch_labels = ("engine",)
depends_on = None


_POSTGRESQL_GUARD = """
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'audit_entry is append-only';
END
$$ LANGUAGE plpgsql
"""


def _guard_audit_trail() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL_GUARD)
        op.execute(
            "CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry"
            " BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
        )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_entry",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("person", sa.String(length=100), server_default="", nullable=False),
        sa.Column("role", sa.String(length=40), server_default="", nullable=False),
        sa.Column("unit", sa.String(length=200), server_default="", nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("element_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=60), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_root_key", ["root_key"], unique=False)

    op.create_table(
        "deployment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deployed_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deployment")),
        sa.UniqueConstraint("process_id", "version", name=op.f("uq_deployment_process_id_version")),
    )
    op.create_table(
        "idempotency",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.Column("command", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("login", "request_key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "org_unit",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["org_unit.code"], name=op.f("fk_org_unit_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_org_unit")),
    )
    with op.batch_alter_table("org_unit", schema=None) as batch_op:
        batch_op.create_index("ix_org_unit_parent", ["parent"], unique=False)

    op.create_table(
        "resource",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_resource")),
    )
    op.create_table(
        "role",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_role")),
    )
    op.create_table(
        "start_subscription",
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cycle", sa.String(length=100), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("process_id", "element_id", name=op.f("pk_start_subscription")),
    )
    with op.batch_alter_table("start_subscription", schema=None) as batch_op:
        batch_op.create_index("ix_start_subscription_due_at", ["due_at"], unique=False)
        batch_op.create_index("ix_start_subscription_kind_name", ["kind", "name"], unique=False)

    op.create_table(
        "binding",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"], ["deployment.key"], name=op.f("fk_binding_deployment_key")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_binding")),
    )
    op.create_table(
        "org_relation",
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["org_unit.code"], name=op.f("fk_org_relation_office")),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name=op.f("fk_org_relation_unit")),
        sa.PrimaryKeyConstraint("unit", "relation", name=op.f("pk_org_relation")),
    )
    op.create_table(
        "participant",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=100), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=20), server_default="", nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), server_default="zh", nullable=False),
        sa.Column("failed_logins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name=op.f("fk_participant_unit")),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_participant")),
    )
    op.create_table(
        "membership",
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("scope_prefix", sa.String(length=6), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.login"], name=op.f("fk_membership_participant")
        ),
        sa.ForeignKeyConstraint(["role"], ["role.key"], name=op.f("fk_membership_role")),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name=op.f("fk_membership_unit")),
        sa.PrimaryKeyConstraint("participant", "role", "unit", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_role_unit", ["role", "unit"], unique=False)

    op.create_table(
        "process_instance",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("parent_key", sa.BigInteger(), nullable=True),
        sa.Column("parent_token", sa.String(length=40), nullable=True),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("binding", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("initiator", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["binding"], ["binding.sha256"], name=op.f("fk_process_instance_binding")
        ),
        sa.ForeignKeyConstraint(
            ["parent_key"], ["process_instance.key"], name=op.f("fk_process_instance_parent_key")
        ),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name=op.f("fk_process_instance_unit")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_instance")),
    )
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_process_instance_initiator", ["initiator", "started_at"], unique=False
        )
        batch_op.create_index("ix_process_instance_root_key", ["root_key"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=60), server_default="", nullable=False),
        sa.Column("user_agent", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.login"], name=op.f("fk_web_session_participant")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index("ix_web_session_participant", ["participant"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("correlation_key", sa.String(length=200), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=True),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("root_key", sa.BigInteger(), nullable=True),
        sa.Column("token_id", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_delivery_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_delivery")),
        sa.UniqueConstraint("name", "message_id", name=op.f("uq_delivery_name_message_id")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_state_key", ["state", "key"], unique=False)

    op.create_table(
        "element_history",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("token_id", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_element_history_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_element_history")),
    )
    with op.batch_alter_table("element_history", schema=None) as batch_op:
        batch_op.create_index("ix_element_history_root_key", ["root_key"], unique=False)

    op.create_table(
        "incident",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("stopped", sa.String(length=12), nullable=False),
        sa.Column("stopped_key", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_incident_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_root_key", ["root_key"], unique=False)

    op.create_table(
        "job",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("token_id", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("job_type", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(length=100), server_default="", nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_job_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
        sa.UniqueConstraint("instance_key", "token_id", name=op.f("uq_job_instance_key_token_id")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_root_key", ["root_key"], unique=False)
        batch_op.create_index("ix_job_state_run_at", ["state", "run_at"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("token_id", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("correlation_key", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_subscription_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subscription_instance_key_token_id", ["instance_key", "token_id"], unique=False
        )
        batch_op.create_index(
            "ix_subscription_name_correlation_key",
            ["kind", "name", "correlation_key"],
            unique=False,
        )

    op.create_table(
        "timer",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("token_id", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_timer_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timer_instance_key_token_id", ["instance_key", "token_id"], unique=False
        )
        batch_op.create_index("ix_timer_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "work_item",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("root_process_id", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("token_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("assignee", sa.String(length=60), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=True),
        sa.Column("ended_role", sa.String(length=40), server_default="", nullable=False),
        sa.Column("outcome", sa.String(length=40), server_default="", nullable=False),
        sa.Column("outcome_label", sa.String(length=100), server_default="", nullable=False),
        sa.Column("opinion", sa.Text(), server_default="", nullable=False),
        sa.Column("sender", sa.String(length=60), server_default="", nullable=False),
        sa.Column("returned_from", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_work_item_instance_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_work_item")),
        sa.UniqueConstraint(
            "instance_key", "token_id", name=op.f("uq_work_item_instance_key_token_id")
        ),
    )
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.create_index("ix_work_item_assignee_state", ["assignee", "state"], unique=False)
        batch_op.create_index("ix_work_item_ended_by", ["ended_by", "ended_at"], unique=False)
        batch_op.create_index("ix_work_item_root_key", ["root_key"], unique=False)
        batch_op.create_index("ix_work_item_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=150), server_default="", nullable=False),
        sa.Column("field", sa.String(length=150), server_default="", nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.String(length=60), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_attachment_work_item_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_root_key", ["root_key"], unique=False)

    op.create_table(
        "document",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=150), nullable=False),
        sa.Column("form_sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_document_work_item_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "root_key", "form_id", "version", name=op.f("uq_document_root_key_form_id_version")
        ),
    )
    op.create_table(
        "work_item_candidate",
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("login", sa.String(length=60), server_default="", nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_work_item_candidate_work_item_key")
        ),
        sa.PrimaryKeyConstraint("work_item_key", "position", name=op.f("pk_work_item_candidate")),
    )
    with op.batch_alter_table("work_item_candidate", schema=None) as batch_op:
        batch_op.create_index("ix_work_item_candidate_login", ["login", "open"], unique=False)
        batch_op.create_index(
            "ix_work_item_candidate_role", ["role", "open", "unit", "division"], unique=False
        )

    op.create_table(
        "work_item_draft",
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.String(length=60), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_work_item_draft_work_item_key")
        ),
        sa.PrimaryKeyConstraint("work_item_key", "participant", name=op.f("pk_work_item_draft")),
    )
    _guard_audit_trail()


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_guard ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_is_append_only()")
    op.drop_table("work_item_draft")
    with op.batch_alter_table("work_item_candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_work_item_candidate_role")
        batch_op.drop_index("ix_work_item_candidate_login")

    op.drop_table("work_item_candidate")
    op.drop_table("document")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_root_key")

    op.drop_table("attachment")
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index("ix_work_item_state_due_at")
        batch_op.drop_index("ix_work_item_root_key")
        batch_op.drop_index("ix_work_item_ended_by")
        batch_op.drop_index("ix_work_item_assignee_state")

    op.drop_table("work_item")
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index("ix_timer_state_due_at")
        batch_op.drop_index("ix_timer_instance_key_token_id")

    op.drop_table("timer")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_name_correlation_key")
        batch_op.drop_index("ix_subscription_instance_key_token_id")

    op.drop_table("subscription")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state_run_at")
        batch_op.drop_index("ix_job_root_key")

    op.drop_table("job")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_root_key")

    op.drop_table("incident")
    with op.batch_alter_table("element_history", schema=None) as batch_op:
        batch_op.drop_index("ix_element_history_root_key")

    op.drop_table("element_history")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_state_key")

    op.drop_table("delivery")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index("ix_web_session_participant")

    op.drop_table("web_session")
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_index("ix_process_instance_root_key")
        batch_op.drop_index("ix_process_instance_initiator")

    op.drop_table("process_instance")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_role_unit")

    op.drop_table("membership")
    op.drop_table("participant")
    op.drop_table("org_relation")
    op.drop_table("binding")
    with op.batch_alter_table("start_subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_start_subscription_kind_name")
        batch_op.drop_index("ix_start_subscription_due_at")

    op.drop_table("start_subscription")
    op.drop_table("role")
    op.drop_table("resource")
    with op.batch_alter_table("org_unit", schema=None) as batch_op:
        batch_op.drop_index("ix_org_unit_parent")

    op.drop_table("org_unit")
    op.drop_table("idempotency")
    op.drop_table("deployment")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_root_key")
        batch_op.drop_index("ix_audit_entry_at")

    op.drop_table("audit_entry")
