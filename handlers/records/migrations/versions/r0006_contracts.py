"""Create contracts with their lots."""

import sqlalchemy as sa
from alembic import op

revision = "r0006_contracts"
down_revision = "r0005_random_draws"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_MONEY = sa.Numeric(15, 2).with_variant(sa.BigInteger(), "sqlite")
_LIVE = sa.text("released_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "contract",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("division", sa.String(6), nullable=False),
        sa.Column("supplier", sa.String(40), nullable=False),
        sa.Column("contract_no", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("prepayment", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("submitted_at", _MOMENT, nullable=False),
        sa.Column("filed_at", _MOMENT, nullable=True),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        _foreign("contract", "project", "project.key"),
        _foreign("contract", "unit", "org_unit.code"),
        _foreign("contract", "supplier", "supplier.code"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_contract_amount_positive")),
        sa.CheckConstraint("term_to >= term_from", name=op.f("ck_contract_term_to_after_from")),
        sa.CheckConstraint(
            "(number IS NULL) = (filed_at IS NULL)", name=op.f("ck_contract_filed_has_number")
        ),
        sa.CheckConstraint(
            "filed_at IS NULL OR released_at IS NULL", name=op.f("ck_contract_filed_stays")
        ),
    )
    op.create_index("ix_contract_project", "contract", ["project"])
    _live("uq_contract_live_no", "contract", ["unit", "contract_no"])
    op.create_table(
        "contract_lot",
        sa.Column("contract", sa.BigInteger(), nullable=False),
        sa.Column("lot", sa.BigInteger(), nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("contract", "lot", name=op.f("pk_contract_lot")),
        _foreign("contract_lot", "contract", "contract.instance_key"),
        _foreign("contract_lot", "lot", "lot.key"),
    )
    _live("uq_contract_lot_live", "contract_lot", ["lot"])


def _live(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
