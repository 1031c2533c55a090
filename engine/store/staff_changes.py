"""People whose open work a worker has still to look through: something about them changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.model.keys import LARGEST_KEY, new_key
from engine.model.participants import Membership
from engine.model.states import OPEN_WORK, WorkItemState
from engine.store.incidents import IncidentRow, Stopped, incident_of
from engine.store.tables import incident, post_change, staff_change, work_item, worklist_entry
from engine.store.work_items import work_item_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from engine.model.work import WorkItem

_has: Final = or_(
    work_item.c.assignee == bindparam("login"), work_item.c.on_behalf_of == bindparam("login")
)
_HELD: Final = select(work_item).where(_has, work_item.c.state.in_(OPEN_WORK))
_NEXT: Final = _HELD.where(work_item.c.key > bindparam("after")).order_by(work_item.c.key).limit(1)


@dataclass(frozen=True, kw_only=True)
class StaffChange:
    """Something has changed for a person: a post, the account, a recusal.

    Attributes:
        item_key: work items have been looked at up to this one.
        incident_key: and incidents of steps that nobody fits up to this one.
        offer_key: and work items that are offered to posts up to this one.
    """

    key: int
    login: str
    item_key: int
    incident_key: int
    offer_key: int


class StaffChanges:
    """The queue inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, login: str, at: datetime, *, offers: bool) -> None:
        """Ask workers to look through the open work of a person.

        Args:
            login: who.
            at: now.
            offers: also what is offered to the posts of that person.
        """
        start = 0 if offers else LARGEST_KEY
        values = {"key": new_key(), "login": login, "created_at": at, "offer_key": start}
        self._session.execute(insert(staff_change).values(values))

    def next(self) -> StaffChange | None:
        """Return the oldest one that no other worker has in hand."""
        statement = select(staff_change).order_by(staff_change.c.key).limit(1)
        row = self._session.execute(statement.with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        return StaffChange(
            key=row.key,
            login=row.login,
            item_key=row.item_key,
            incident_key=row.incident_key,
            offer_key=row.offer_key,
        )

    def next_item(self, change: StaffChange) -> WorkItem | None:
        """Return the next open work item that the person has, or somebody has for him."""
        values = {"login": change.login, "after": change.item_key}
        row = self._session.execute(_NEXT, values).one_or_none()
        return None if row is None else work_item_of(row)

    def held(self, login: str) -> list[WorkItem]:
        """Return every open work item that a person has, or somebody has for him, oldest first."""
        rows = self._session.execute(_HELD.order_by(work_item.c.key), {"login": login})
        return [work_item_of(row) for row in rows]

    def next_incident(self, change: StaffChange) -> IncidentRow | None:
        """Return the next open incident of a step that nobody fits."""
        row = self._session.execute(
            select(incident)
            .where(
                incident.c.stopped == Stopped.WORK,
                incident.c.resolved_at.is_(None),
                incident.c.key > change.incident_key,
            )
            .order_by(incident.c.key)
            .limit(1)
        ).one_or_none()
        return None if row is None else incident_of(row)

    def posts_taken(self, login: str) -> list[Membership]:
        """Return the posts that a person once had and does not have any more."""
        taken = select(post_change.c.role, post_change.c.unit, post_change.c.scope_prefix).where(
            post_change.c.participant == login,
            post_change.c.settled_at.is_not(None),
            post_change.c.gives.is_(False),
            post_change.c.cancelled.is_(False),
        )
        return [Membership(**row._mapping) for row in self._session.execute(taken.distinct())]

    def next_offer(self, change: StaffChange, pools: Sequence[str]) -> WorkItem | None:
        """Return the next open work item that nobody has and that is listed in one of ``pools``."""
        listed = select(worklist_entry.c.work_item_key).where(
            worklist_entry.c.pool.in_(pools), worklist_entry.c.work_item_key > change.offer_key
        )
        statement = (
            select(work_item)
            .where(work_item.c.key.in_(listed), work_item.c.state == WorkItemState.OFFERED)
            .order_by(work_item.c.key)
            .limit(1)
        )
        row = self._session.execute(statement).one_or_none()
        return None if row is None else work_item_of(row)

    def move(self, change: StaffChange, **keys: int) -> None:
        """Remember how far it was looked through."""
        self._session.execute(
            update(staff_change).where(staff_change.c.key == change.key).values(**keys)
        )

    def end(self, change: StaffChange) -> None:
        """Everything has been looked at."""
        self._session.execute(delete(staff_change).where(staff_change.c.key == change.key))
