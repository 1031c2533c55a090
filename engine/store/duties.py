"""What was done in a matter and who keeps away from it; 回避 entries."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    BigInteger,
    String,
    and_,
    bindparam,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from engine.model.duties import Doing, Past, Recusal
from engine.model.states import WorkItemKind, WorkItemState
from engine.store.tables import recusal, work_item
from engine.store.tables.schema import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from engine.model.work import Instance

#: Lines of a page.
_SHOWN: Final = 200
#: Whoever gives advice, or gives the task away, decides nothing.
_DECIDING: Final = {
    WorkItemKind.TASK,
    WorkItemKind.SIGN_BEFORE,
    WorkItemKind.SIGN_AFTER,
    WorkItemKind.DELEGATE,
    WorkItemKind.DECISION,
}
_DONE: Final = (
    select(
        work_item.c.process_id,
        work_item.c.element_id,
        work_item.c.ended_by.label("login"),
        work_item.c.on_behalf_of,
        work_item.c.ended_role.label("role"),
        work_item.c.kind,
        func.max(work_item.c.ended_at, type_=UtcDateTime).label("at"),
    )
    .where(
        work_item.c.root_key == bindparam("matter"),
        work_item.c.state == WorkItemState.COMPLETED,
        work_item.c.ended_by.is_not(None),
    )
    .group_by(
        work_item.c.process_id,
        work_item.c.element_id,
        work_item.c.ended_by,
        work_item.c.on_behalf_of,
        work_item.c.ended_role,
        work_item.c.kind,
    )
)


def _holding() -> ColumnElement[bool]:
    moment = bindparam("now", type_=UtcDateTime)
    return and_(
        recusal.c.lifted_at.is_(None), or_(recusal.c.until.is_(None), recusal.c.until > moment)
    )


# Statements of every completion are built once: building one costs as much as running it.
_NOTHING: Final = null().cast(String)
_PAST: Final = union_all(
    _DONE,
    select(
        _NOTHING,
        _NOTHING,
        recusal.c.participant,
        _NOTHING,
        recusal.c.reason,
        literal("recused"),
        null().cast(UtcDateTime),
    ).where(
        or_(
            recusal.c.root_key == bindparam("matter", type_=BigInteger),
            recusal.c.unit == bindparam("of_unit", type_=String),
        ),
        _holding(),
    ),
)


class Duties:
    """Reads the past of matters and keeps the list of recusals, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def past(self, root: Instance, now: datetime) -> Past:
        """Return who decided what in the matter of ``root`` and who keeps away, at once."""
        values = {"matter": root.key, "of_unit": root.unit, "now": now}
        rows = self._session.execute(_PAST, values).all()
        doings = [
            Doing(
                process_id=row.process_id,
                element_id=row.element_id,
                login=row.login,
                on_behalf_of=row.on_behalf_of,
                role=row.role,
                kind=WorkItemKind(row.kind),
                at=row.at,
            )
            for row in rows
            if row.kind in _DECIDING
        ]
        doings.sort(key=lambda doing: doing.at)
        return Past(doings, {row.login: row.role for row in rows if row.process_id is None})

    def add_recusal(self, row: Recusal) -> None:
        """Store a recusal."""
        self._session.execute(insert(recusal).values(**vars(row)))

    def recusal(self, key: int) -> Recusal | None:
        """Return a recusal."""
        row = self._session.execute(select(recusal).where(recusal.c.key == key)).one_or_none()
        return None if row is None else _recusal(row)

    def recusals(self, *, participant: str = "", root_key: int | None = None) -> list[Recusal]:
        """Return the latest recusals of a person, of a matter or of all, newest first."""
        statement = select(recusal).order_by(recusal.c.key.desc()).limit(_SHOWN)
        if participant:
            statement = statement.where(recusal.c.participant == participant)
        if root_key is not None:
            statement = statement.where(recusal.c.root_key == root_key)
        return [_recusal(row) for row in self._session.execute(statement)]

    def lift(self, key: int, login: str, at: datetime) -> bool:
        """End a recusal by compare-and-set; ``False`` when it was lifted before."""
        result = self._session.execute(
            update(recusal)
            .where(recusal.c.key == key, recusal.c.lifted_at.is_(None))
            .values(lifted_at=at, lifted_by=login)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


_FIELDS: Final[Sequence[str]] = tuple(item.name for item in fields(Recusal))


def _recusal(row: Any) -> Recusal:
    return Recusal(**{name: row._mapping[name] for name in _FIELDS})
