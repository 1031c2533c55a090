"""Create the record tables of the plan filing: plans, intentions, regulated values."""

import sqlalchemy as sa
from alembic import op

revision = "r0001_plan_filing"
down_revision = None
branch_labels = ("records",)
depends_on = ("0001_first_tables",)

_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")
_QUANTITY = sa.Numeric(12, 3).with_variant(sa.BigInteger(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_LIVE = sa.text("released_at IS NULL")


def upgrade() -> None:
    """Apply."""
    _create_regulated_values()
    _create_numbers()
    _create_plans()
    _create_intentions()


def _create_regulated_values() -> None:
    op.create_table(
        "threshold",
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("open_tender_goods_services", _MONEY, nullable=False),
        sa.Column("open_tender_works", _MONEY, nullable=False),
        sa.Column("limit_goods_services", _MONEY, nullable=False),
        sa.Column("limit_works", _MONEY, nullable=False),
        sa.PrimaryKeyConstraint("division", "valid_from", name=op.f("pk_threshold")),
        _valid_to_after_from("threshold"),
    )
    op.create_table(
        "purchase_category",
        sa.Column("edition", sa.String(4), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("edition", "code", name=op.f("pk_purchase_category")),
    )
    op.create_table(
        "central_catalogue",
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("category_code", sa.String(12), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint(
            "division", "category_code", "valid_from", name=op.f("pk_central_catalogue")
        ),
        _valid_to_after_from("central_catalogue"),
    )
    op.create_table(
        "review_flag",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("unit", "valid_from", name=op.f("pk_review_flag")),
        _to_unit("review_flag"),
        _valid_to_after_from("review_flag"),
    )


def _create_numbers() -> None:
    op.create_table(
        "number_rule",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("pattern", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("kind", "division", name=op.f("pk_number_rule")),
    )
    op.create_table(
        "number_sequence",
        sa.Column("prefix", sa.String(60), nullable=False),
        sa.Column("last_value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_number_sequence")),
    )


def _create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("variant", sa.String(60), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("organisation_form", sa.String(20), nullable=False),
        sa.Column("budget_source", sa.String(20), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("import_product", sa.Boolean(), nullable=False),
        sa.Column("nonstandard_method", sa.Boolean(), nullable=False),
        sa.Column("intention_required", sa.Boolean(), nullable=True),
        sa.Column("unlinked_reason", sa.String(500), server_default="", nullable=False),
        sa.Column("contact", sa.String(50), nullable=False),
        sa.Column("contact_phone", sa.String(20), nullable=False),
        sa.Column("expected_month", sa.String(7), nullable=False),
        sa.Column("first_submitted_on", sa.Date(), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("submitted_by", sa.String(60), nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("filed_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
        _to_unit("plan"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_plan_amount_positive")),
        sa.CheckConstraint(
            "filed_at IS NULL OR number IS NOT NULL", name=op.f("ck_plan_filed_has_number")
        ),
    )
    op.create_index("ix_plan_unit", "plan", ["unit"])
    op.create_table(
        "plan_item",
        sa.Column("plan", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category_code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("quantity", _QUANTITY, nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("unit_price", _MONEY, nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.PrimaryKeyConstraint("plan", "line", name=op.f("pk_plan_item")),
        _to_plan("plan_item"),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_plan_item_quantity_positive")),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_plan_item_unit_price_positive")),
    )
    op.create_index("ix_plan_item_category_code", "plan_item", ["category_code"])


def _create_intentions() -> None:
    op.create_table(
        "intention",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("budget", _MONEY, nullable=False),
        sa.Column("expected_month", sa.String(7), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_intention")),
        _to_unit("intention"),
        sa.CheckConstraint("budget > 0", name=op.f("ck_intention_budget_positive")),
    )
    op.create_index("ix_intention_unit", "intention", ["unit"])
    op.create_table(
        "intention_link",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("intention", sa.String(40), nullable=False),
        sa.Column("plan", sa.BigInteger(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("linked_at", _MOMENT, nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_intention_link")),
        sa.ForeignKeyConstraint(
            ["intention"], ["intention.code"], name=op.f("fk_intention_link_intention")
        ),
        _to_plan("intention_link"),
    )
    op.create_index("ix_intention_link_plan", "intention_link", ["plan"])
    for column in ("intention", "plan"):
        op.create_index(
            f"uq_intention_link_live_{column}",
            "intention_link",
            [column],
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        )


def _to_unit(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["unit"], ["org_unit.code"], name=op.f(f"fk_{table}_unit"))


def _to_plan(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["plan"], ["plan.instance_key"], name=op.f(f"fk_{table}_plan"))


def _valid_to_after_from(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        "valid_to IS NULL OR valid_to >= valid_from", name=op.f(f"ck_{table}_valid_to_after_from")
    )
