"""The lists people look at: one page of rows and a count, in two statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from engine.model.pools import Source, draft_pool
from engine.model.states import OPEN_WORK, InstanceState, WorkItemState
from engine.store.tables import participant, process_instance, work_item, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """What narrows a list.

    Attributes:
        search: part of title, number or step name; empty = all.
        process_id: root process, empty = all.
        overdue_only: only what is due before ``now``.
        sort: ``due`` (overdue first, due ascending) or ``arrived`` (newest first).
        page: 1-based.
        page_size: rows of a page.
        now: the present moment.
    """

    search: str = ""
    process_id: str = ""
    overdue_only: bool = False
    sort: str = "due"
    page: int = 1
    page_size: int = 20
    now: datetime


_root = process_instance.alias("root")
_initiator = participant.alias("initiator")
_sender = participant.alias("sender_person")
_assignee = participant.alias("assignee_person")

_COLUMNS = (
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


def _listed(sources: Sequence[Source]) -> ColumnElement[bool]:
    """Return the condition "the work item is listed in one of these pools"."""
    entry = worklist_entry
    conditions = [
        and_(
            entry.c.pool == source.pool,
            *([entry.c.division.startswith(source.division)] if source.division else []),
            *([entry.c.process_id.in_(source.processes)] if source.processes else []),
        )
        for source in sources
    ]
    return work_item.c.key.in_(select(entry.c.work_item_key).where(or_(*conditions)))


class Lists:
    """Reads pages of lists inside one session."""

    def __init__(self, session: Session, login: str, sources: Sequence[Source]) -> None:
        """Read for one person, who looks into ``sources``."""
        self._session = session
        self._login = login
        self._sources = sources

    def counts(self) -> dict[str, int]:
        """Return the number of lines per box without filters, in one statement."""
        todo = self._count(self._todo())
        done = self._count(self._done())
        started = (
            select(func.count())
            .select_from(process_instance)
            .where(self._started())
            .scalar_subquery()
        )
        row = self._session.execute(
            select(todo.label("todo"), done.label("done"), started.label("started"))
        ).one()
        return {"todo": row.todo, "done": row.done, "started": row.started}

    def todo(self, wanted: ListFilter) -> tuple[int, list[Any]]:
        """Return (number of matching lines, rows of the page) of 待办."""
        return self._work_items(self._todo(), wanted, _todo_order(wanted))

    def done(self, wanted: ListFilter) -> tuple[int, list[Any]]:
        """Return (number, rows) of 已办, newest first."""
        order = (work_item.c.ended_at.desc(), work_item.c.key.desc())
        return self._work_items(self._done(), wanted, order)

    def started(self, wanted: ListFilter) -> tuple[int, list[Any]]:
        """Return (number, rows) of 我发起的, newest first."""
        conditions = [self._started()]
        if wanted.search:
            conditions.append(
                or_(
                    process_instance.c.title.contains(wanted.search, autoescape=True),
                    process_instance.c.number.contains(wanted.search, autoescape=True),
                )
            )
        if wanted.process_id:
            conditions.append(process_instance.c.process_id == wanted.process_id)
        total = self._session.execute(
            select(func.count()).select_from(process_instance).where(*conditions)
        ).scalar_one()
        statement = (
            select(process_instance, _initiator.c.name.label("initiator_name"))
            .join(_initiator, _initiator.c.login == process_instance.c.initiator)
            .where(*conditions)
            .order_by(process_instance.c.started_at.desc(), process_instance.c.key.desc())
        )
        return total, list(self._session.execute(_page(statement, wanted)).all())

    def open_steps(self, root_keys: Sequence[int]) -> dict[int, list[Any]]:
        """Return the open work items (key, root_key, name, due_at, assignee name) per matter."""
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

    def processes(self, box: str) -> list[tuple[str, str]]:
        """Return [(root process id, a binding)] that occur in a box."""
        condition = self._todo() if box == "todo" else self._done()
        if box == "started":
            statement = (
                select(process_instance.c.process_id, func.max(process_instance.c.binding))
                .where(self._started())
                .group_by(process_instance.c.process_id)
            )
        else:
            statement = (
                select(work_item.c.root_process_id, func.max(_root.c.binding))
                .join(_root, _root.c.key == work_item.c.root_key)
                .where(condition)
                .group_by(work_item.c.root_process_id)
            )
        return [(row[0], row[1]) for row in self._session.execute(statement)]

    def _todo(self) -> ColumnElement[bool]:
        return _listed([*self._sources, Source(pool=draft_pool(self._login))])

    def _done(self) -> ColumnElement[bool]:
        return and_(
            work_item.c.ended_by == self._login, work_item.c.state == WorkItemState.COMPLETED
        )

    def _started(self) -> ColumnElement[bool]:
        return and_(
            process_instance.c.initiator == self._login,
            process_instance.c.parent_key.is_(None),
            # a deleted draft is gone for its author
            or_(
                process_instance.c.submitted,
                process_instance.c.state != InstanceState.TERMINATED,
            ),
        )

    def _count(self, condition: ColumnElement[bool]) -> Any:
        return select(func.count()).select_from(work_item).where(condition).scalar_subquery()

    def _work_items(
        self, base: ColumnElement[bool], wanted: ListFilter, order: Sequence[Any]
    ) -> tuple[int, list[Any]]:
        conditions = [base, *_narrow(wanted)]
        joined = work_item.join(_root, _root.c.key == work_item.c.root_key)
        total = self._session.execute(
            select(func.count()).select_from(joined).where(*conditions)
        ).scalar_one()
        statement = (
            select(*_COLUMNS)
            .join(_root, _root.c.key == work_item.c.root_key)
            .outerjoin(_initiator, _initiator.c.login == _root.c.initiator)
            .outerjoin(_sender, _sender.c.login == work_item.c.sender)
            .outerjoin(_assignee, _assignee.c.login == work_item.c.assignee)
            .where(*conditions)
            .order_by(*order)
        )
        return total, list(self._session.execute(_page(statement, wanted)).all())


def _narrow(wanted: ListFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        conditions.append(
            or_(
                _root.c.title.contains(wanted.search, autoescape=True),
                _root.c.number.contains(wanted.search, autoescape=True),
                work_item.c.name.contains(wanted.search, autoescape=True),
            )
        )
    if wanted.process_id:
        conditions.append(work_item.c.root_process_id == wanted.process_id)
    if wanted.overdue_only:
        conditions.append(work_item.c.due_at < wanted.now)
    return conditions


def _todo_order(wanted: ListFilter) -> tuple[Any, ...]:
    if wanted.sort == "arrived":
        return (work_item.c.created_at.desc(), work_item.c.key.desc())
    # NULL sorts first on one database and last on the other: say where it goes.
    without = case((work_item.c.due_at.is_(None), 1), else_=0)
    return (without, work_item.c.due_at, work_item.c.created_at, work_item.c.key)


def _page(statement: Select[Any], wanted: ListFilter) -> Select[Any]:
    return statement.limit(wanted.page_size).offset((wanted.page - 1) * wanted.page_size)
