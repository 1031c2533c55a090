"""Lines of the bell, inside one unit of work."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from engine.model.notices import Notice, NoticeEvent
from engine.store.tables import bell_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_NOTICE: Final = tuple(item.name for item in fields(Notice))


def _notice(row: Any) -> Notice:
    values = {name: row._mapping[name] for name in _NOTICE}
    return Notice(**(values | {"event": NoticeEvent(values["event"])}))


class Notices:
    """What people are told, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, notices: Sequence[Notice]) -> None:
        """Keep new lines, in one statement."""
        if notices:
            self._session.execute(insert(bell_notice), [vars(row) for row in notices])

    def of(self, login: str, *, limit: int) -> list[Notice]:
        """Return a person's lines, newest first."""
        statement = (
            select(bell_notice)
            .where(bell_notice.c.login == login)
            .order_by(bell_notice.c.key.desc())
            .limit(limit)
        )
        return [_notice(row) for row in self._session.execute(statement)]
