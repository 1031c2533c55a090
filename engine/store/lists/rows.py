"""Everything that a line of a list shows, read for the few lines of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, bindparam, func, select

from engine.model.states import OPEN_WORK, WorkItemKind
from engine.store.lists.conditions import unread
from engine.store.tables import org_unit, participant, process_instance, work_item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_root = process_instance.alias("root")
_initiator = participant.alias("initiator")
_sender = participant.alias("sender_person")
_assignee = participant.alias("assignee_person")
_urge = work_item.alias("urge")
#: How often a work item was urged; the token leads to its parts by an index.
_URGED = (
    select(func.count())
    .where(
        _urge.c.instance_key == work_item.c.instance_key,
        _urge.c.token_id == work_item.c.token_id,
        _urge.c.kind == WorkItemKind.URGE,
        _urge.c.parent_key == work_item.c.key,
    )
    .scalar_subquery()
)
_WORK = (
    work_item,
    _URGED.label("urged"),
    _root.c.title,
    _root.c.number,
    _root.c.summary,
    _root.c.submitted,
    _root.c.suspended_at,
    _root.c.unit.label("matter_unit"),
    org_unit.c.name.label("unit_name"),
    _root.c.binding,
    _initiator.c.name.label("initiator_name"),
    _sender.c.name.label("sender_name"),
    _assignee.c.name.label("assignee_name"),
)
_MATTER = (
    *(
        process_instance.c[name]
        for name in ("key", "title", "number", "summary", "submitted", "unit", "binding")
    ),
    *(process_instance.c[name] for name in ("process_id", "state", "started_at", "ended_at")),
    process_instance.c.suspended_at,
    org_unit.c.name.label("unit_name"),
    _initiator.c.name.label("initiator_name"),
)
# Numbers of keys that statements are made for: few statements, which the database plans once.
_FITTING: Final = (1, 10, 20, 50, 100, 200, 1000)
#: No row has it.
_NO_KEY: Final = -1
_KEYS: Final = bindparam("keys", expanding=True, type_=BigInteger)
_WORK_ROWS: Final = (
    select(*_WORK, unread(work_item.c.key).label("unread"))
    .join(_root, _root.c.key == work_item.c.root_key)
    .join(org_unit, org_unit.c.code == _root.c.unit)
    .outerjoin(_initiator, _initiator.c.login == _root.c.initiator)
    .outerjoin(_sender, _sender.c.login == work_item.c.sender)
    .outerjoin(_assignee, _assignee.c.login == work_item.c.assignee)
    .where(work_item.c.key.in_(_KEYS))
)
_MATTER_ROWS: Final = (
    select(*_MATTER)
    .join(org_unit, org_unit.c.code == process_instance.c.unit)
    .outerjoin(_initiator, _initiator.c.login == process_instance.c.initiator)
    .where(process_instance.c.key.in_(_KEYS))
)
_STEPS: Final = (
    select(
        work_item.c.root_key,
        work_item.c.name,
        work_item.c.due_at,
        _assignee.c.name.label("assignee_name"),
    )
    .outerjoin(_assignee, _assignee.c.login == work_item.c.assignee)
    .where(work_item.c.root_key.in_(_KEYS), work_item.c.state.in_(OPEN_WORK))
    .order_by(work_item.c.key)
)


class ListRows:
    """Fills in lines inside one session."""

    def __init__(self, session: Session, login: str) -> None:
        """Read for ``login``, whose marks of what was opened are read along."""
        self._session = session
        self._login = login

    def work_items(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}``: the work item, its matter's head, names, and ``unread``."""
        values = {"login": self._login}
        return {row.key: row for row in self._read(_WORK_ROWS, keys, values)}

    def matters(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}`` of root instances with names."""
        return {row.key: row for row in self._read(_MATTER_ROWS, keys, {})}

    def open_steps(self, root_keys: Sequence[int]) -> dict[int, list[Any]]:
        """Return the open work items (root_key, name, due_at, assignee name) per matter."""
        found: dict[int, list[Any]] = {}
        for row in self._read(_STEPS, root_keys, {}):
            found.setdefault(row.root_key, []).append(row)
        return found

    def _read(
        self, statement: Select[Any], keys: Sequence[int], values: Mapping[str, Any]
    ) -> Sequence[Any]:
        if not keys:
            return ()
        size = next((size for size in _FITTING if size >= len(keys)), len(keys))
        padded = [*keys, *([_NO_KEY] * (size - len(keys)))]
        return self._session.execute(statement, {**values, "keys": padded}).all()
