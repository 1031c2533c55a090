"""Work items and drafts; what lists show of them is written along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from engine.model.participants import Candidate
from engine.model.states import LIVE_WORK, Arrival, AssignedBy, WorkItemKind, WorkItemState
from engine.model.work import ReturnSlip, WorkItem
from engine.store.conflicts import upsert
from engine.store.entries import Entries, ListedMatter
from engine.store.identity import PERSON_COLUMNS, people_of, person_beside
from engine.store.tables import (
    membership,
    org_unit,
    participant,
    process_instance,
    return_slip,
    work_item,
    work_item_draft,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from engine.model.participants import Participant
    from engine.model.work import Instance, Move

_COLUMNS = tuple(column.name for column in work_item.columns)
#: What an open work item may change that lists must know.
_LISTED: Final = ("assignee", "on_behalf_of", "candidates", "due_at", "returned_from")


@dataclass(frozen=True)
class Draft:
    """What a person typed and did not submit; answers as typed."""

    answers: Mapping[str, Any]
    opinion: str
    saved_at: datetime

    @property
    def version(self) -> str:
        """What tells this draft from one that was saved later."""
        return self.saved_at.isoformat()


def work_item_of(row: Any, **found: Any) -> WorkItem:
    """Return the work item of a row with all columns of its table, and what was found with it."""
    mapping = row._mapping
    values = {name: mapping[name] for name in _COLUMNS}
    values["state"] = WorkItemState(values["state"])
    values["kind"] = WorkItemKind(values["kind"])
    values["assigned_by"] = AssignedBy(values["assigned_by"])
    values["arrival"] = Arrival(values["arrival"])
    values["candidates"] = tuple(Candidate(**candidate) for candidate in values["candidates"])
    return WorkItem(**values, **found)


def _whole(row: Any) -> WorkItem:
    return work_item_of(
        row, has_draft=bool(row.has_draft), has_parts=bool(row.has_parts), slip=_slip(row)
    )


def _values(item: WorkItem) -> dict[str, Any]:
    return _stored({name: getattr(item, name) for name in _COLUMNS})


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of columns; candidates are kept as JSON."""
    if "candidates" not in values:
        return dict(values)
    return {**values, "candidates": [vars(candidate) for candidate in values["candidates"]]}


def _slip(row: Any) -> ReturnSlip | None:
    if row.slip_work_item_key is None:
        return None
    return ReturnSlip(
        **{column.name: row._mapping[f"slip_{column.name}"] for column in return_slip.columns}
    )


# Statements of every completion are built once: building one costs as much as running it.
_PART: Final = work_item.alias("part")
_SLIP: Final = tuple(column.label(f"slip_{column.name}") for column in return_slip.columns)
_ONE: Final = (
    select(
        work_item,
        *_SLIP,
        select(work_item_draft.c.participant)
        .where(work_item_draft.c.work_item_key == work_item.c.key)
        .exists()
        .label("has_draft"),
        select(_PART.c.key)
        .where(
            _PART.c.instance_key == work_item.c.instance_key,
            _PART.c.token_id == work_item.c.token_id,
            _PART.c.part > 0,
        )
        .exists()
        .label("has_parts"),
    )
    .outerjoin(return_slip, return_slip.c.work_item_key == work_item.c.returned_from)
    .where(work_item.c.key == bindparam("item"))
)
_ROOT: Final = process_instance.alias("root")
#: Beside each membership of somebody: who acts on it need not be asked for after it.
_FOR_ACTOR: Final = (
    _ONE.add_columns(*PERSON_COLUMNS)
    .outerjoin(participant, participant.c.login == bindparam("actor"))
    .outerjoin(org_unit, org_unit.c.code == participant.c.unit)
    .outerjoin(membership, membership.c.participant == participant.c.login)
)
_FOR_ACTOR_LOCKED: Final = _FOR_ACTOR.join(
    _ROOT, _ROOT.c.key == work_item.c.root_key
).with_for_update(of=_ROOT)
_ONE_LOCKED: Final = _ONE.join(_ROOT, _ROOT.c.key == work_item.c.root_key).with_for_update(of=_ROOT)
_ADD: Final = insert(work_item)
_MOVE: Final = update(work_item).where(
    work_item.c.key == bindparam("item"),
    work_item.c.state == bindparam("read_state"),
    work_item.c.assignee.is_not_distinct_from(bindparam("read_assignee")),
)


class WorkItems:
    """Work items inside one unit of work.

    Attributes:
        entries: the rows that lists read.
    """

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session
        self.entries = Entries(session)

    def get(self, key: int, *, lock: bool = False) -> WorkItem | None:
        """Return a work item with its candidates in one statement.

        Args:
            key: the work item.
            lock: lock its root instance too, so that commands on one matter wait for each other
                (SQLite: every writing transaction has the whole database).
        """
        statement = _ONE_LOCKED if lock and self._locks else _ONE
        row = self._session.execute(statement, {"item": key}).one_or_none()
        return None if row is None else _whole(row)

    def for_actor(
        self, key: int, login: str, *, lock: bool = False
    ) -> tuple[WorkItem | None, Participant | None]:
        """Return a work item like ``get``, and the person who acts on it, in one statement.

        Args:
            key: the work item.
            login: the person's.
            lock: see ``get``.
        """
        statement = _FOR_ACTOR_LOCKED if lock and self._locks else _FOR_ACTOR
        rows = self._session.execute(statement, {"item": key, "actor": login}).all()
        people = people_of(map(person_beside, rows))
        return (_whole(rows[0]) if rows else None, people[0] if people else None)

    @property
    def _locks(self) -> bool:
        return self._session.get_bind().dialect.name == "postgresql"

    def of_matter(self, root_key: int) -> list[WorkItem]:
        """Return every work item of a root instance with candidates, oldest first."""
        return self.of_matters([root_key])

    def of_matters(self, root_keys: Sequence[int]) -> list[WorkItem]:
        """Return every work item of several root instances, oldest first."""
        statement = (
            select(work_item).where(work_item.c.root_key.in_(root_keys)).order_by(work_item.c.key)
        )
        return [work_item_of(row) for row in self._session.execute(statement)]

    def add(
        self, items: Sequence[WorkItem], root: Instance, drafts: frozenset[int] = frozenset()
    ) -> None:
        """Insert new work items and list those that are open.

        Args:
            items: of one matter.
            root: its root instance.
            drafts: keys of those at which their assignee has not yet submitted the matter.
        """
        if items:
            self._session.execute(_ADD, [_values(item) for item in items])
            open_items = [item for item in items if item.is_open]
            self.entries.add(open_items, ListedMatter.of(root), drafts)

    def move(self, item: WorkItem, to: WorkItemState, **values: Any) -> bool:
        """Change the state by compare-and-set; ``False`` when somebody else was faster.

        A completed or cancelled work item leaves the lists at once; one that changes hands is
        listed where it now belongs.
        """
        read = {"item": item.key, "read_state": item.state, "read_assignee": item.assignee}
        result = self._session.execute(_MOVE, {"state": to, **_stored(values), **read})
        moved = bool(result.rowcount == 1)  # type: ignore[attr-defined]
        if moved:
            self._list_anew(item, replace(item, state=to, **values))
        return moved

    def move_all(self, moves: Sequence[Move]) -> bool:
        """Change several work items of one matter in one statement, as ``move`` does each.

        Returns:
            ``False`` when somebody else was faster at one of them; the caller rolls back.
        """
        names = {name for one in moves for name in one.values}
        rows = []
        for one in moves:
            item, changed = one.item, replace(one.item, state=one.to, **one.values)
            read = {"item": item.key, "read_state": item.state, "read_assignee": item.assignee}
            values = _stored({name: getattr(changed, name) for name in names})
            rows.append({"state": one.to, **values, **read})
            self._list_anew(item, changed)
        return bool(self._session.connection().execute(_MOVE, rows).rowcount == len(rows))

    def _list_anew(self, before: WorkItem, now: WorkItem) -> None:
        if before.is_open and not now.is_open:
            self.entries.drop(now.root_key, [now.key])
        elif now.is_open and (
            not before.is_open
            or any(getattr(now, name) != getattr(before, name) for name in _LISTED)
        ):
            self.entries.relist(now)

    def cancel(self, instance_key: int, token_ids: Sequence[str], at: datetime) -> None:
        """Cancel the work items of these tokens that have not ended, parts included."""
        ended = self._session.execute(
            update(work_item)
            .where(
                work_item.c.instance_key == instance_key,
                work_item.c.token_id.in_(token_ids),
                work_item.c.state.in_(LIVE_WORK),
            )
            .values(state=WorkItemState.CANCELLED, ended_at=at)
            .returning(work_item.c.root_key, work_item.c.key)
        ).all()
        if ended:
            self.entries.drop(ended[0].root_key, [row.key for row in ended])

    def note_opened(self, key: int, at: datetime) -> None:
        """Remember the first look of somebody who may act."""
        self._session.execute(
            update(work_item)
            .where(work_item.c.key == key, work_item.c.opened_at.is_(None))
            .values(opened_at=at)
        )

    def draft(self, key: int, login: str) -> Draft | None:
        """Return a person's draft."""
        row = self._session.execute(
            select(work_item_draft).where(
                work_item_draft.c.work_item_key == key, work_item_draft.c.participant == login
            )
        ).one_or_none()
        return None if row is None else Draft(row.answers, row.opinion, row.saved_at)

    def put_draft(self, key: int, login: str, draft: Draft) -> None:
        """Store or replace a person's draft."""
        upsert(
            self._session,
            work_item_draft,
            {"work_item_key": key, "participant": login, **vars(draft)},
        )

    def pass_draft(self, key: int, giver: str, receiver: str) -> None:
        """Give a person's draft to whoever goes on with it; the opinion stays the giver's own."""
        self._session.execute(
            delete(work_item_draft).where(
                work_item_draft.c.work_item_key == key, work_item_draft.c.participant == receiver
            )
        )
        self._session.execute(
            update(work_item_draft)
            .where(work_item_draft.c.work_item_key == key, work_item_draft.c.participant == giver)
            .values(participant=receiver, opinion="")
        )

    def drop_drafts(self, key: int) -> None:
        """Forget all drafts of a work item."""
        self._session.execute(delete(work_item_draft).where(work_item_draft.c.work_item_key == key))
