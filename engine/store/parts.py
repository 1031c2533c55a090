"""The parts of a task: they share its token and are numbered from 1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from engine.model.states import WorkItemState
from engine.store.entries import Entries, ListedMatter
from engine.store.tables import participant, work_item
from engine.store.work_items import work_item_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from engine.model.work import Instance, WorkItem


class Parts:
    """Parts of tasks inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session
        self._entries = Entries(session)

    def of(self, task: WorkItem) -> list[WorkItem]:
        """Return the parts of a task, oldest first."""
        rows = self._session.execute(select(work_item).where(_of(task)).order_by(work_item.c.part))
        return [work_item_of(row) for row in rows]

    def named(self, task: WorkItem) -> tuple[list[WorkItem], dict[str, str]]:
        """Return the parts of a task, oldest first, and ``{login: name}`` of their people."""
        rows = self._session.execute(
            select(work_item, participant.c.name.label("person"))
            .outerjoin(participant, participant.c.login == work_item.c.assignee)
            .where(_of(task))
            .order_by(work_item.c.part)
        ).all()
        return [work_item_of(row) for row in rows], {
            row.assignee: row.person or row.assignee for row in rows if row.assignee
        }

    def family(self, part: WorkItem) -> tuple[WorkItem, list[WorkItem]]:
        """Return the task that ``part`` belongs to and all its parts, in one statement.

        Whether the task has drafts is not read.
        """
        rows = self._session.execute(
            select(work_item)
            .where(
                work_item.c.instance_key == part.instance_key,
                work_item.c.token_id == part.token_id,
            )
            .order_by(work_item.c.part)
        ).all()
        task, *parts = [work_item_of(row) for row in rows]
        return replace(task, has_parts=True), parts

    def give(self, parts: Sequence[WorkItem], root: Instance, at: datetime) -> None:
        """Put parts whose turn has come on their people's lists."""
        keys = [part.key for part in parts]
        self._session.execute(
            update(work_item)
            .where(work_item.c.key.in_(keys), work_item.c.state == WorkItemState.WAITING)
            .values(state=WorkItemState.CLAIMED, created_at=at)
        )
        given = [replace(part, state=WorkItemState.CLAIMED, created_at=at) for part in parts]
        self._entries.add(given, ListedMatter.of(root))

    def end(self, parts: Sequence[WorkItem], at: datetime, opinion: str | None = None) -> None:
        """Cancel parts and take them off the lists.

        Args:
            parts: of one task.
            at: when.
            opinion: why; what they say stays without one.
        """
        keys = [part.key for part in parts]
        if keys:
            said = {} if opinion is None else {"opinion": opinion}
            self._session.execute(
                update(work_item)
                .where(work_item.c.key.in_(keys))
                .values(state=WorkItemState.CANCELLED, ended_at=at, **said)
            )
            self._entries.drop(parts[0].root_key, keys)


def _of(task: WorkItem) -> ColumnElement[bool]:
    return and_(
        work_item.c.instance_key == task.instance_key,
        work_item.c.token_id == task.token_id,
        work_item.c.part > 0,
    )
