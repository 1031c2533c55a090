"""The parts of a task: they share its token and are numbered from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select, update

from engine.model.states import LIVE_WORK, WorkItemState
from engine.store.entries import Entries
from engine.store.tables import work_item
from engine.store.work_items import work_item_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from engine.model.work import WorkItem


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

    def cancel(self, task: WorkItem, at: datetime) -> None:
        """Cancel the parts of a task that have not ended: the task was decided."""
        live = [part.key for part in self.of(task) if part.is_live]
        if live:
            self._session.execute(
                update(work_item)
                .where(work_item.c.key.in_(live), work_item.c.state.in_(LIVE_WORK))
                .values(state=WorkItemState.CANCELLED, ended_at=at)
            )
            self._entries.drop(task.root_key, live)


def _of(task: WorkItem) -> ColumnElement[bool]:
    return and_(
        work_item.c.instance_key == task.instance_key,
        work_item.c.token_id == task.token_id,
        work_item.c.part > 0,
    )
