"""Lines of the bell, inside one unit of work."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, func, insert, or_, select, update

from engine.model.notices import BELL, Notice, NoticeEvent
from engine.model.states import WorkItemKind
from engine.store.conflicts import upsert
from engine.store.lists.conditions import unread
from engine.store.tables import (
    bell_choice,
    bell_notice,
    bell_reader,
    participant,
    process_instance,
    work_item,
    worklist_entry,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, time

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from engine.model.pools import Source

#: Numbers above it are not counted: nobody reads them, and counting them costs.
MOST: Final = 99

_ADD: Final = insert(bell_notice)
_NOTICE: Final = tuple(item.name for item in fields(Notice))
_entry = worklist_entry.c


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How far a person has looked, and where notices may be sent.

    Attributes:
        seen_key: new tasks up to this work item have been seen on the bell.
        email: address, empty for none.
        quiet_from: no messages from this time of day on (office time), ``None`` = always.
        quiet_until: until this time of day.
    """

    login: str
    seen_key: int = 0
    email: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None


def notice_of(row: Any) -> Notice:
    """Return the notice of a row."""
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
            self._session.execute(_ADD, [vars(row) for row in notices])

    def of(self, login: str, *, limit: int, without: Collection[str] = ()) -> list[Notice]:
        """Return a person's lines, newest first.

        Args:
            login: the reader.
            limit: at most so many.
            without: events that the reader does not want.
        """
        statement = (
            select(bell_notice)
            .where(bell_notice.c.login == login, bell_notice.c.event.not_in(without))
            .order_by(bell_notice.c.key.desc())
            .limit(limit)
        )
        return [notice_of(row) for row in self._session.execute(statement)]

    def get(self, key: int, login: str) -> Notice | None:
        """Return one line of a person."""
        row = self._session.execute(
            select(bell_notice).where(bell_notice.c.key == key, bell_notice.c.login == login)
        ).one_or_none()
        return None if row is None else notice_of(row)

    def read(self, login: str, at: datetime, keys: Collection[int] | None = None) -> None:
        """Mark lines as read: these, or all of a person."""
        chosen = [bell_notice.c.key.in_(keys)] if keys is not None else []
        self._session.execute(
            update(bell_notice)
            .where(bell_notice.c.login == login, bell_notice.c.read_at.is_(None), *chosen)
            .values(read_at=at)
        )

    def count(
        self, reader: Reader, sources: Sequence[Source], without: Collection[str] = ()
    ) -> int:
        """Return how many lines a person has not read, ``MOST`` + 1 for more; one statement."""
        own = (
            select(bell_notice.c.key)
            .where(
                bell_notice.c.login == reader.login,
                bell_notice.c.read_at.is_(None),
                bell_notice.c.event.not_in(without),
            )
            .limit(MOST + 1)
        )
        total: Any = select(func.count()).select_from(own.subquery()).scalar_subquery()
        if NoticeEvent.TASK not in without:
            new = _new_tasks(reader, sources).limit(MOST + 1).subquery()
            total = total + select(func.count()).select_from(new).scalar_subquery()
        return min(int(self._session.execute(select(total)).scalar_one()), MOST + 1)

    def new_tasks(self, reader: Reader, sources: Sequence[Source], limit: int) -> list[Any]:
        """Return a person's new tasks, not opened yet, with matter and sender, newest first."""
        keys = _new_tasks(reader, sources).order_by(_entry.work_item_key.desc()).limit(limit)
        root, sender = process_instance.alias("root"), participant.alias("sender_person")
        statement = (
            select(
                work_item.c.key,
                work_item.c.root_key,
                work_item.c.name,
                work_item.c.created_at,
                work_item.c.due_at,
                root.c.title,
                root.c.binding,
                sender.c.name.label("sender_name"),
            )
            .join(root, root.c.key == work_item.c.root_key)
            .outerjoin(sender, sender.c.login == work_item.c.sender)
            .where(work_item.c.key.in_(keys))
            .order_by(work_item.c.key.desc())
        )
        return list(self._session.execute(statement).all())

    def titles(self, root_keys: Collection[int]) -> dict[int, Any]:
        """Return (title, binding, process_id, division, submitted) of matters by key."""
        statement = select(
            process_instance.c.key,
            process_instance.c.title,
            process_instance.c.binding,
            process_instance.c.process_id,
            process_instance.c.division,
            process_instance.c.submitted,
        ).where(process_instance.c.key.in_(root_keys))
        return {row.key: row for row in self._session.execute(statement)}

    def reader(self, login: str) -> Reader:
        """Return how far a person has looked."""
        row = self._session.execute(
            select(bell_reader).where(bell_reader.c.login == login)
        ).one_or_none()
        return Reader(login=login) if row is None else Reader(**row._mapping)

    def put_reader(self, reader: Reader) -> None:
        """Remember it."""
        upsert(self._session, bell_reader, vars(reader))

    def choices(self, login: str) -> dict[tuple[str, str], bool]:
        """Return ``{(event, way): wanted}`` of what a person has chosen."""
        statement = select(bell_choice).where(bell_choice.c.login == login)
        return {(row.event, row.way): row.wanted for row in self._session.execute(statement)}

    def choose(self, login: str, choices: dict[tuple[str, str], bool]) -> None:
        """Replace what a person has chosen."""
        self._session.execute(delete(bell_choice).where(bell_choice.c.login == login))
        rows = [
            {"login": login, "event": event, "way": way, "wanted": wanted}
            for (event, way), wanted in choices.items()
        ]
        if rows:
            self._session.execute(insert(bell_choice), rows)

    def unwanted(self, login: str) -> list[str]:
        """Return the events that a person does not want on the bell."""
        statement = select(bell_choice.c.event).where(
            bell_choice.c.login == login,
            bell_choice.c.way == BELL,
            bell_choice.c.wanted.is_(False),
        )
        return list(self._session.execute(statement).scalars())


def _new_tasks(reader: Reader, sources: Sequence[Source]) -> Select[Any]:
    """Return the keys of tasks listed for a person since the last look, not opened yet."""
    listed = [_of(source) for source in sources]
    return (
        select(_entry.work_item_key)
        .join(work_item, work_item.c.key == _entry.work_item_key)
        .where(
            or_(*listed),
            _entry.work_item_key > reader.seen_key,
            work_item.c.kind == WorkItemKind.TASK,
            work_item.c.sender != reader.login,
            # what came back to this person has a line of its own
            or_(_entry.returned.is_(False), work_item.c.assignee.is_(None)),
            unread(_entry.work_item_key, reader.login),
        )
        .distinct()
    )


def _of(source: Source) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [_entry.pool == source.pool]
    if source.division:
        conditions.append(_entry.division.startswith(source.division))
    if source.processes:
        conditions.append(_entry.process_id.in_(source.processes))
    return and_(*conditions)
