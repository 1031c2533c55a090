"""Create the spine of procurement: projects, lots, notices, awards, suppliers, agencies."""

import sqlalchemy as sa
from alembic import op

revision = "r0002_procurement_spine"
down_revision = "r0001_plan_filing"
branch_labels = None
depends_on = None

_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_LIVE = sa.text("released_at IS NULL")
_ACTIVE = sa.text("state = 'active'")
_OPEN_FOR_ALL = sa.text("closed_at IS NULL AND project IS NULL")
_OPEN_FOR_PROJECT = sa.text("closed_at IS NULL AND project IS NOT NULL")

#: What a row may never do: (trigger, table, event, condition or None, sentence).
_GUARDS = (
    ("notice_no_delete", "notice", "DELETE", None, "a published notice stays"),
    (
        "notice_keeps_address",
        "notice",
        "UPDATE",
        "NEW.key <> OLD.key OR NEW.kind <> OLD.kind OR NEW.project <> OLD.project"
        " OR NEW.unit <> OLD.unit OR NEW.division <> OLD.division"
        " OR COALESCE(NEW.refers_to, 0) <> COALESCE(OLD.refers_to, 0)"
        " OR NEW.first_published_at <> OLD.first_published_at OR NEW.versions <> OLD.versions + 1",
        "a published notice only gets further versions",
    ),
    ("notice_version_no_update", "notice_version", "UPDATE", None, "versions never change"),
    ("notice_version_no_delete", "notice_version", "DELETE", None, "versions never change"),
    ("notice_attachment_no_update", "notice_attachment", "UPDATE", None, "versions never change"),
    ("notice_attachment_no_delete", "notice_attachment", "DELETE", None, "versions never change"),
    (
        "project_keeps_identity",
        "project",
        "UPDATE",
        "NEW.ocid <> OLD.ocid OR (OLD.number IS NOT NULL"
        " AND COALESCE(NEW.number, '') <> OLD.number)",
        "ocid and number of a project are given once",
    ),
    ("award_no_delete", "award", "DELETE", None, "an award is cancelled, never removed"),
    (
        "award_is_cancelled_only",
        "award",
        "UPDATE",
        "NEW.key <> OLD.key OR NEW.project <> OLD.project OR NEW.lot <> OLD.lot"
        " OR NEW.supplier <> OLD.supplier OR NEW.amount <> OLD.amount"
        " OR NEW.notice <> OLD.notice OR NEW.awarded_on <> OLD.awarded_on"
        " OR OLD.state <> 'active' OR NEW.state <> 'cancelled'",
        "an award is cancelled, never changed",
    ),
)


def upgrade() -> None:
    """Apply."""
    op.add_column("plan", sa.Column("platform", sa.String(40), nullable=True))
    op.add_column(
        "plan", sa.Column("category_class", sa.String(1), server_default="A", nullable=False)
    )
    _create_agencies()
    _create_projects()
    _create_suppliers()
    _create_lots()
    _create_notices()
    _create_awards()
    for guard in _GUARDS:
        _guard(*guard)


def _guard(name: str, table: str, event: str, condition: str | None, sentence: str) -> None:
    """Let the database refuse ``event`` on ``table`` when ``condition`` holds (always if None)."""
    when = "" if condition is None else f" WHEN ({condition})"
    message = f"{table}: {sentence}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _create_agencies() -> None:
    op.create_table(
        "trading_platform",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_trading_platform")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_trading_platform_valid_to_after_from"),
        ),
    )
    op.create_index("ix_trading_platform_division", "trading_platform", ["division"])
    op.create_table(
        "agency",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("works_qualified", sa.Boolean(), nullable=False),
        sa.Column("central", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(50), server_default="", nullable=False),
        sa.Column("contact_phone", sa.String(20), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agency")),
        sa.UniqueConstraint("uscc", name=op.f("uq_agency_uscc")),
        _foreign("agency", "code", "org_unit.code"),
    )
    op.create_index("ix_agency_division", "agency", ["division"])


def _create_projects() -> None:
    op.create_table(
        "project",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ocid", sa.String(100), nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("platform_number", sa.String(60), nullable=True),
        sa.Column("intention", sa.String(40), nullable=True),
        sa.Column("plan", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("category_class", sa.String(1), nullable=True),
        sa.Column("method", sa.String(20), server_default="", nullable=False),
        sa.Column("organisation_form", sa.String(20), server_default="", nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("platform", sa.String(40), nullable=True),
        sa.Column("agency", sa.String(40), nullable=True),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project")),
        *(
            sa.UniqueConstraint(name, name=op.f(f"uq_project_{name}"))
            for name in ("ocid", "number", "intention", "plan")
        ),
        _foreign("project", "intention", "intention.code"),
        _foreign("project", "plan", "plan.instance_key"),
        _foreign("project", "unit", "org_unit.code"),
        _foreign("project", "platform", "trading_platform.code"),
        _foreign("project", "agency", "agency.code"),
        _positive("project"),
        sa.CheckConstraint(
            "category_class IN ('A', 'B', 'C')", name=op.f("ck_project_category_class_known")
        ),
        sa.CheckConstraint(
            "plan IS NULL OR number IS NOT NULL", name=op.f("ck_project_planned_has_number")
        ),
    )
    op.create_index("ix_project_unit", "project", ["unit"])
    op.create_index("ix_project_division_stage", "project", ["division", "stage"])


def _create_suppliers() -> None:
    op.create_table(
        "supplier",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("address", sa.String(200), server_default="", nullable=False),
        sa.Column("contact", sa.String(50), server_default="", nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("legal_person", sa.String(50), server_default="", nullable=False),
        sa.Column("legal_person_phone", sa.String(20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_supplier")),
        sa.UniqueConstraint("uscc", name=op.f("uq_supplier_uscc")),
        _foreign("supplier", "code", "org_unit.code"),
    )
    op.create_table(
        "supplier_account",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("supplier", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=True),
        sa.Column("account_name", sa.String(200), nullable=False),
        sa.Column("bank", sa.String(200), nullable=False),
        sa.Column("account_number", sa.String(40), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_supplier_account")),
        _foreign("supplier_account", "supplier", "supplier.code"),
        _foreign("supplier_account", "project", "project.key"),
        sa.CheckConstraint(
            "kind IN ('supplier', 'migrant_wage')", name=op.f("ck_supplier_account_kind_known")
        ),
    )
    _unique("uq_supplier_account_general", "supplier_account", ["supplier", "kind"], _OPEN_FOR_ALL)
    _unique(
        "uq_supplier_account_project",
        "supplier_account",
        ["supplier", "kind", "project"],
        _OPEN_FOR_PROJECT,
    )


def _create_lots() -> None:
    op.create_table(
        "lot",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(100), server_default="", nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lot")),
        sa.UniqueConstraint("number", name=op.f("uq_lot_number")),
        _foreign("lot", "project", "project.key"),
        _positive("lot"),
    )
    op.create_index("ix_lot_project", "lot", ["project"])


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("refers_to", sa.BigInteger(), nullable=True),
        sa.Column("first_published_at", _MOMENT, nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notice")),
        _foreign("notice", "project", "project.key"),
        _foreign("notice", "unit", "org_unit.code"),
        _foreign("notice", "refers_to", "notice.key"),
        sa.CheckConstraint("versions >= 1", name=op.f("ck_notice_versions_positive")),
    )
    op.create_index("ix_notice_project", "notice", ["project"])
    op.create_index("ix_notice_kind_division", "notice", ["kind", "division"])
    op.create_index("ix_notice_first_published_at", "notice", ["first_published_at"])
    _create_versions()
    op.create_table(
        "notice_lot",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice", sa.BigInteger(), nullable=False),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.Column("family", sa.String(20), nullable=False),
        sa.Column("lot_revision", sa.Integer(), nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notice_lot")),
        sa.UniqueConstraint("notice", "lot", name=op.f("uq_notice_lot_notice_lot")),
        _foreign("notice_lot", "notice", "notice.key"),
        _foreign("notice_lot", "lot", "lot.key"),
    )
    _unique("uq_notice_lot_live", "notice_lot", ["family", "lot"], _LIVE)
    op.create_index("ix_notice_lot_lot", "notice_lot", ["lot"])


def _create_versions() -> None:
    op.create_table(
        "notice_version",
        sa.Column("notice", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("deadline", _MOMENT, nullable=True),
        sa.Column("reason", sa.String(1000), server_default="", nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("published_by", sa.String(60), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("notice", "version", name=op.f("pk_notice_version")),
        _foreign("notice_version", "notice", "notice.key"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_notice_version_version_positive")),
        sa.CheckConstraint(
            "period_to IS NULL OR period_to >= period_from",
            name=op.f("ck_notice_version_period_in_order"),
        ),
    )
    for column in ("published_at", "instance_key"):
        op.create_index(f"ix_notice_version_{column}", "notice_version", [column])
    op.create_table(
        "notice_attachment",
        sa.Column("notice", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attachment", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("notice", "version", "position", name=op.f("pk_notice_attachment")),
        sa.ForeignKeyConstraint(
            ["notice", "version"],
            ["notice_version.notice", "notice_version.version"],
            name=op.f("fk_notice_attachment_notice_version"),
        ),
        _foreign("notice_attachment", "attachment", "attachment.key"),
    )


def _create_awards() -> None:
    op.create_table(
        "award",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.Column("supplier", sa.String(40), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("notice", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_award")),
        sa.UniqueConstraint("replaces", name=op.f("uq_award_replaces")),
        _foreign("award", "project", "project.key"),
        _foreign("award", "lot", "lot.key"),
        _foreign("award", "supplier", "supplier.code"),
        _foreign("award", "notice", "notice.key"),
        _foreign("award", "replaces", "award.key"),
        _positive("award"),
        sa.CheckConstraint("state IN ('active', 'cancelled')", name=op.f("ck_award_state_known")),
    )
    _unique("uq_award_active_lot", "award", ["lot"], _ACTIVE)
    for column in ("project", "supplier"):
        op.create_index(f"ix_award_{column}", "award", [column])


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _positive(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount_positive"))


def _unique(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
