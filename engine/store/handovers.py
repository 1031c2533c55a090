"""Hand-overs of people's work: what there is to hand over, and the lines with their results."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from engine.model.handovers import Handover, HandoverKind, HandoverLine, HandoverState
from engine.model.states import WorkItemState
from engine.store.due_work import handover_is_due
from engine.store.tables import (
    handover,
    handover_line,
    process_instance,
    work_item,
    worklist_entry,
)
from engine.store.work_items import work_item_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.model.work import WorkItem

_HEAD: Final = tuple(item.name for item in fields(Handover))
_LINE: Final = tuple(item.name for item in fields(HandoverLine))


class Handovers:
    """Hand-overs inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def delegated(self, login: str) -> list[WorkItem]:
        """Return the tasks that come back to a person when they have been done for him."""
        rows = self._session.execute(
            select(work_item)
            .where(work_item.c.state == WorkItemState.CLAIMED, work_item.c.owner == login)
            .order_by(work_item.c.key)
        )
        return [work_item_of(row) for row in rows]

    def started(self, login: str) -> list[Any]:
        """Return (key, process_id, title, number) of the running matters of an initiator."""
        matter = process_instance.c
        return list(
            self._session.execute(
                select(matter.key, matter.process_id, matter.title, matter.number)
                .where(
                    matter.initiator == login,
                    matter.parent_key.is_(None),
                    matter.ended_at.is_(None),
                )
                .order_by(matter.key)
            )
        )

    def titles(self, root_keys: Sequence[int]) -> dict[int, str]:
        """Return the titles of matters."""
        matter = process_instance.c
        rows = self._session.execute(
            select(matter.key, matter.title).where(matter.key.in_(set(root_keys)))
        )
        return {row.key: row.title for row in rows}

    def change_initiator(self, root_key: int, login: str) -> None:
        """Make somebody the initiator of a matter, in its open work, too."""
        self._session.execute(
            update(process_instance)
            .where(process_instance.c.root_key == root_key)
            .values(initiator=login)
        )
        self._session.execute(
            update(worklist_entry)
            .where(worklist_entry.c.root_key == root_key)
            .values(initiator=login)
        )

    def add(self, row: Handover, lines: Sequence[HandoverLine]) -> None:
        """Store an act with its lines."""
        self._session.execute(insert(handover).values(**vars(row)))
        if lines:
            self._session.execute(insert(handover_line), [vars(line) for line in lines])

    def get(self, key: int) -> Handover | None:
        """Return an act."""
        row = self._session.execute(select(handover).where(handover.c.key == key)).one_or_none()
        return None if row is None else _head(row)

    def of(self, login: str) -> list[Handover]:
        """Return the acts in which a person's work was handed over, newest first."""
        statement = select(handover).where(handover.c.leaver == login)
        return [
            _head(row) for row in self._session.execute(statement.order_by(handover.c.key.desc()))
        ]

    def lines(self, key: int, limit: int) -> list[HandoverLine]:
        """Return the first lines of an act, refused ones first."""
        order = handover_line.c.state.desc(), handover_line.c.kind, handover_line.c.object_key
        rows = self._session.execute(
            select(handover_line)
            .where(handover_line.c.handover_key == key)
            .order_by(*order)
            .limit(limit)
        )
        return [_line(row) for row in rows]

    def counts(self, key: int) -> dict[HandoverState, int]:
        """Return how many lines stand where."""
        rows = self._session.execute(
            select(handover_line.c.state, func.count())
            .where(handover_line.c.handover_key == key)
            .group_by(handover_line.c.state)
        )
        found = {HandoverState(state): count for state, count in rows}
        return {state: found.get(state, 0) for state in HandoverState}

    def next_line(self) -> HandoverLine | None:
        """Return the first line that waits and that no other worker has in hand."""
        row = self._session.execute(
            select(handover_line)
            .where(handover_is_due())
            .order_by(handover_line.c.handover_key, handover_line.c.object_key)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        return None if row is None else _line(row)

    def settle(self, line: HandoverLine, **values: Any) -> None:
        """Write the result of a line."""
        self._session.execute(
            update(handover_line)
            .where(
                handover_line.c.handover_key == line.handover_key,
                handover_line.c.kind == line.kind,
                handover_line.c.object_key == line.object_key,
            )
            .values(**values)
        )

    def wait_again(self, key: int) -> int:
        """Let the refused lines of an act be tried again; returns how many."""
        result = self._session.execute(
            update(handover_line)
            .where(
                handover_line.c.handover_key == key,
                handover_line.c.state == HandoverState.REFUSED,
            )
            .values(state=HandoverState.WAITING)
        )
        return int(result.rowcount)  # type: ignore[attr-defined]


def _head(row: Any) -> Handover:
    return Handover(**{name: row._mapping[name] for name in _HEAD})


def _line(row: Any) -> HandoverLine:
    values = {name: row._mapping[name] for name in _LINE}
    values["kind"] = HandoverKind(values["kind"])
    values["state"] = HandoverState(values["state"])
    return HandoverLine(**values)
