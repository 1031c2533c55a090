"""Find published notices: by kind, division, days and words, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, select

from engine.store.tables import org_unit
from handlers.records.notices.kinds import NoticeKind
from handlers.records.tables import notice, notice_attachment, notice_version

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

_LATEST: Final = and_(
    notice_version.c.notice == notice.c.key, notice_version.c.version == notice.c.versions
)


@dataclass(frozen=True, kw_only=True)
class NoticeHead:
    """A notice without its text, in its latest version.

    Attributes:
        number: of that version.
        unit_name: who published it.
        published_at: when that version was.
    """

    key: int
    kind: NoticeKind
    project: int
    division: str
    refers_to: int | None
    number: int
    title: str
    unit_name: str
    published_at: datetime
    deadline: datetime | None


@dataclass(frozen=True, kw_only=True)
class VersionHead:
    """A version without its text."""

    version: int
    published_at: datetime
    reason: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Search:
    """Which notices are asked for.

    Attributes:
        kinds: empty for all.
        prefix: of the division, e.g. ``4104``.
        words: each must occur in the text.
        since: published then or later.
        before: published earlier than this.
    """

    kinds: Collection[NoticeKind] = ()
    prefix: str = ""
    words: Sequence[str] = ()
    since: datetime | None = None
    before: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a notice must satisfy."""
        found: list[ColumnElement[bool]] = []
        if self.kinds:
            found.append(notice.c.kind.in_(sorted(self.kinds)))
        if self.prefix:
            found.append(notice.c.division.startswith(self.prefix, autoescape=True))
        found += [_occurs(word) for word in self.words]
        if self.since is not None:
            found.append(notice_version.c.published_at >= self.since)
        if self.before is not None:
            found.append(notice_version.c.published_at < self.before)
        return found


def _occurs(word: str) -> ColumnElement[bool]:
    """Search a text; Chinese has no case, and lowering every text first takes twice as long."""
    text = notice_version.c.search_text
    has_case = word.lower() != word.upper()
    found: ColumnElement[bool] = (
        text.icontains(word, autoescape=True) if has_case else text.contains(word, autoescape=True)
    )
    return found


def find_notices(
    session: Session, search: Search, *, limit: int, offset: int = 0
) -> list[NoticeHead]:
    """Return notices in their latest version, the last published first."""
    return [_head(row) for row in session.execute(_page(search, limit, offset))]


def find_and_count(
    session: Session, search: Search, *, limit: int, offset: int = 0
) -> tuple[list[NoticeHead], int]:
    """Return notices as ``find_notices`` does, and how many there are in all.

    The texts are read once for both; without words to look for, two questions are cheaper.
    """
    if not search.words:
        return find_notices(session, search, limit=limit, offset=offset), count_notices(
            session, search
        )
    statement = _page(search, limit, offset).add_columns(func.count().over().label("total"))
    rows = session.execute(statement).all()
    if not rows and offset:
        return [], count_notices(session, search)
    return [_head(row) for row in rows], rows[0].total if rows else 0


def count_notices(session: Session, search: Search) -> int:
    """Return how many notices a search finds."""
    statement = (
        select(func.count())
        .select_from(notice)
        .join(notice_version, _LATEST)
        .where(*search.conditions())
    )
    return session.execute(statement).scalar_one()


def counts_by_kind(session: Session) -> dict[NoticeKind, int]:
    """Return how many notices of each kind were published."""
    statement = select(notice.c.kind, func.count()).group_by(notice.c.kind)
    return {NoticeKind(kind): number for kind, number in session.execute(statement)}


def divisions_of_notices(session: Session) -> list[str]:
    """Return the divisions in which something was published, by code."""
    statement = select(notice.c.division).distinct().order_by(notice.c.division)
    return list(session.execute(statement).scalars())


def head_of(session: Session, key: int) -> NoticeHead | None:
    """Return a notice without its text."""
    row = session.execute(_heads().where(notice.c.key == key)).one_or_none()
    return None if row is None else _head(row)


def heads_of_project(session: Session, project: int) -> list[NoticeHead]:
    """Return every notice of a project, oldest first."""
    statement = _heads().where(notice.c.project == project)
    rows = session.execute(statement.order_by(notice.c.first_published_at, notice.c.key))
    return [_head(row) for row in rows]


def kinds_that_refer(session: Session, keys: Sequence[int]) -> dict[int, set[NoticeKind]]:
    """Return the kinds of the notices that refer to each of ``keys``."""
    found: dict[int, set[NoticeKind]] = {}
    if keys:
        statement = select(notice.c.refers_to, notice.c.kind).where(notice.c.refers_to.in_(keys))
        for key, kind in session.execute(statement):
            found.setdefault(key, set()).add(NoticeKind(kind))
    return found


def versions_of(session: Session, key: int) -> list[VersionHead]:
    """Return the versions of a notice, oldest first."""
    columns = [notice_version.c[name] for name in VersionHead.__dataclass_fields__]
    statement = select(*columns).where(notice_version.c.notice == key)
    rows = session.execute(statement.order_by(notice_version.c.version)).mappings()
    return [VersionHead(**row) for row in rows]


def keys_after(session: Session, key: int, number: int) -> list[tuple[int, datetime]]:
    """Return keys behind ``key`` with the moment of the last version, by key."""
    statement = (
        select(notice.c.key, notice_version.c.published_at)
        .join(notice_version, _LATEST)
        .where(notice.c.key > key)
        .order_by(notice.c.key)
        .limit(number)
    )
    return [(found, moment) for found, moment in session.execute(statement)]


def file_at(session: Session, key: int, version: int, position: int) -> Row[Any] | None:
    """Return a file of a version."""
    statement = select(notice_attachment).where(
        notice_attachment.c.notice == key,
        notice_attachment.c.version == version,
        notice_attachment.c.position == position,
    )
    return session.execute(statement).one_or_none()


def _page(search: Search, limit: int, offset: int) -> Select[Any]:
    return (
        _heads()
        .where(*search.conditions())
        .order_by(notice_version.c.published_at.desc(), notice.c.key.desc())
        .limit(limit)
        .offset(offset)
    )


def _heads() -> Select[Any]:
    return (
        select(
            *(notice.c[name] for name in ("key", "kind", "project", "division", "refers_to")),
            notice_version.c.version.label("number"),
            *(notice_version.c[name] for name in ("title", "published_at", "deadline")),
            org_unit.c.name.label("unit_name"),
        )
        .join(notice_version, _LATEST)
        .join(org_unit, org_unit.c.code == notice.c.unit)
    )


def _head(row: Row[Any]) -> NoticeHead:
    values = {name: row._mapping[name] for name in NoticeHead.__dataclass_fields__}
    return NoticeHead(**{**values, "kind": NoticeKind(values["kind"])})
