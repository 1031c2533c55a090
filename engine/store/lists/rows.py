"""Everything that a line of a list shows, read for the few lines of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.model.states import OPEN_WORK
from engine.store.lists.conditions import unread
from engine.store.tables import participant, process_instance, work_item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_root = process_instance.alias("root")
_initiator = participant.alias("initiator")
_sender = participant.alias("sender_person")
_assignee = participant.alias("assignee_person")
_WORK = (
    work_item,
    _root.c.title,
    _root.c.number,
    _root.c.summary,
    _root.c.submitted,
    _root.c.unit.label("matter_unit"),
    _root.c.binding,
    _initiator.c.name.label("initiator_name"),
    _sender.c.name.label("sender_name"),
    _assignee.c.name.label("assignee_name"),
)
_MATTER = tuple(
    process_instance.c[name]
    for name in (
        "key",
        "title",
        "number",
        "summary",
        "submitted",
        "unit",
        "binding",
        "process_id",
        "state",
        "started_at",
        "ended_at",
    )
)


class ListRows:
    """Fills in lines inside one session."""

    def __init__(self, session: Session, login: str) -> None:
        """Read for ``login``, whose marks of what was opened are read along."""
        self._session = session
        self._login = login

    def work_items(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}``: the work item, its matter's head, names, and ``unread``."""
        if not keys:
            return {}
        statement = (
            select(*_WORK, unread(work_item.c.key, self._login).label("unread"))
            .join(_root, _root.c.key == work_item.c.root_key)
            .outerjoin(_initiator, _initiator.c.login == _root.c.initiator)
            .outerjoin(_sender, _sender.c.login == work_item.c.sender)
            .outerjoin(_assignee, _assignee.c.login == work_item.c.assignee)
            .where(work_item.c.key.in_(keys))
        )
        return {row.key: row for row in self._session.execute(statement)}

    def matters(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}`` of root instances with ``initiator_name``."""
        if not keys:
            return {}
        statement = (
            select(*_MATTER, _initiator.c.name.label("initiator_name"))
            .outerjoin(_initiator, _initiator.c.login == process_instance.c.initiator)
            .where(process_instance.c.key.in_(keys))
        )
        return {row.key: row for row in self._session.execute(statement)}

    def open_steps(self, root_keys: Sequence[int]) -> dict[int, list[Any]]:
        """Return the open work items (root_key, name, due_at, assignee name) per matter."""
        if not root_keys:
            return {}
        statement = (
            select(
                work_item.c.root_key,
                work_item.c.name,
                work_item.c.due_at,
                _assignee.c.name.label("assignee_name"),
            )
            .outerjoin(_assignee, _assignee.c.login == work_item.c.assignee)
            .where(work_item.c.root_key.in_(root_keys), work_item.c.state.in_(OPEN_WORK))
            .order_by(work_item.c.key)
        )
        found: dict[int, list[Any]] = {}
        for row in self._session.execute(statement):
            found.setdefault(row.root_key, []).append(row)
        return found
