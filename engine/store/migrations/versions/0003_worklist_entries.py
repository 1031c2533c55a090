"""Lists read rows of their own; who may take a work item stands with it."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003_worklist_entries"
down_revision = "0002_parts_of_work_items"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
#: As ``engine.store.entries.NEVER`` and the pools of ``engine.model.pools`` were in this revision.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)

_item = sa.table(
    "work_item",
    *(
        sa.column(name)
        for name in (
            "key",
            "root_key",
            "root_process_id",
            "element_id",
            "name",
            "state",
            "assignee",
            "returned_from",
            "candidates",
        )
    ),
    sa.column("due_at", _MOMENT),
)
_root = sa.table(
    "process_instance",
    *(
        sa.column(name)
        for name in ("key", "unit", "division", "initiator", "title", "number", "submitted")
    ),
)
_candidate = sa.table(
    "work_item_candidate",
    *(
        sa.column(name)
        for name in ("work_item_key", "position", "role", "unit", "division", "login", "open")
    ),
)
_entry = sa.table(
    "worklist_entry",
    *(
        sa.column(name)
        for name in (
            "pool",
            "work_item_key",
            "root_key",
            "process_id",
            "element_id",
            "unit",
            "division",
            "initiator",
            "returned",
            "headline",
            "step",
        )
    ),
    sa.column("due_order", _MOMENT),
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "worklist_entry",
        sa.Column("pool", sa.String(length=110), nullable=False),
        sa.Column("work_item_key", sa.BigInteger(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("division", sa.String(length=6), nullable=False),
        sa.Column("initiator", sa.String(length=60), nullable=False),
        sa.Column("due_order", _MOMENT, nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.String(length=270), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_key"], ["work_item.key"], name=op.f("fk_worklist_entry_work_item_key")
        ),
        sa.PrimaryKeyConstraint("pool", "work_item_key", name=op.f("pk_worklist_entry")),
    )
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.add_column(sa.Column("candidates", sa.Text(), server_default="[]", nullable=False))
        batch_op.drop_index("ix_work_item_assignee_state")
    op.create_index(
        "ix_work_item_assignee",
        "work_item",
        ["assignee"],
        postgresql_where=sa.text("state IN ('offered', 'claimed')"),
        sqlite_where=sa.text("state IN ('offered', 'claimed')"),
    )
    _move_candidates(op.get_bind())
    op.drop_table("work_item_candidate")
    _index()


def _index() -> None:
    name = "worklist_entry"
    op.create_index("ix_worklist_entry_matter", name, ["root_key", "work_item_key"])
    op.create_index("ix_worklist_entry_due", name, ["pool", "due_order", "work_item_key"])
    op.create_index(
        "ix_worklist_entry_process", name, ["pool", "process_id", "due_order", "work_item_key"]
    )
    op.create_index(
        "ix_worklist_entry_returned",
        name,
        ["pool", "due_order", "work_item_key"],
        postgresql_where=sa.text("returned"),
        sqlite_where=sa.text("returned = 1"),
    )


def _move_candidates(connection: sa.Connection) -> None:
    given: dict[int, list[dict[str, str | None]]] = {}
    rows = connection.execute(
        sa.select(_candidate).order_by(_candidate.c.work_item_key, _candidate.c.position)
    )
    for row in rows:
        one = {name: row._mapping[name] for name in ("role", "unit", "division", "login")}
        given.setdefault(row.work_item_key, []).append(one)
    for key, candidates in given.items():
        text = json.dumps(candidates, ensure_ascii=False)
        connection.execute(sa.update(_item).where(_item.c.key == key).values(candidates=text))
    matter = ("unit", "division", "initiator", "title", "number", "submitted")
    statement = (
        sa.select(_item, *(_root.c[name] for name in matter))
        .join(_root, _root.c.key == _item.c.root_key)
        .where(_item.c.state.in_(("offered", "claimed")))
    )
    for row in connection.execute(statement).all():
        for pool in _pools(row, given.get(row.key, [])):
            connection.execute(sa.insert(_entry).values(_listed(row, pool)))


def _pools(row: sa.Row[Any], candidates: list[dict[str, str | None]]) -> list[str]:
    if row.assignee is not None:
        drafted = not row.submitted and row.assignee == row.initiator
        return [f"~{row.assignee}" if drafted else f"@{row.assignee}"]
    found: list[str] = []
    for one in candidates:
        if one["login"]:
            found.append(f"@{one['login']}")
        elif one["unit"] is not None:
            found.append(f"{one['role']}@{one['unit']}")
        else:
            found += [f"{one['role']}*{(one['division'] or '')[:size]}" for size in (0, 2, 4, 6)]
    return list(dict.fromkeys(found))


def _listed(row: sa.Row[Any], pool: str) -> dict[str, object]:
    return {
        "pool": pool,
        "work_item_key": row.key,
        "root_key": row.root_key,
        "process_id": row.root_process_id,
        "element_id": row.element_id,
        "unit": row.unit,
        "division": row.division,
        "initiator": row.initiator,
        "due_order": row.due_at or _NEVER,
        "returned": row.returned_from is not None,
        "headline": f"{row.title}\n{row.number}".lower(),
        "step": row.name.lower(),
    }


def downgrade() -> None:
    """Undo."""
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
    connection = op.get_bind()
    for row in connection.execute(sa.select(_item)).all():
        for position, one in enumerate(json.loads(row.candidates)):
            is_open = row.state in ("offered", "claimed")
            values = {"work_item_key": row.key, "position": position, **one, "open": is_open}
            connection.execute(sa.insert(_candidate).values(values))
    op.create_index("ix_work_item_candidate_login", "work_item_candidate", ["login", "open"])
    op.create_index(
        "ix_work_item_candidate_role",
        "work_item_candidate",
        ["role", "open", "unit", "division"],
    )
    op.drop_index("ix_work_item_assignee", "work_item")
    with op.batch_alter_table("work_item") as batch_op:
        batch_op.drop_column("candidates")
        batch_op.create_index("ix_work_item_assignee_state", ["assignee", "state"])
    op.drop_table("worklist_entry")
