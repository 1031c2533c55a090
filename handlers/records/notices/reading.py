"""Read published notices as they were published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Row, literal, select

from engine.gazette import Section
from handlers.records.notices.kinds import Family, NoticeKind
from handlers.records.notices.texts import NoticeFile, PublishedNotice
from handlers.records.tables import lot, notice, notice_attachment, notice_lot, notice_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


def notice_of(session: Session, key: int, version: int | None = None) -> PublishedNotice | None:
    """Return a version of a notice, the latest when none is named."""
    wanted: ColumnElement[int] = notice.c.versions if version is None else literal(version)
    found = _read(session, (notice.c.key == key) & (notice_version.c.version == wanted))
    return found[0] if found else None


def notice_of_matter(session: Session, instance_key: int) -> int | None:
    """Return the key of the notice whose first version a matter published."""
    statement = select(notice_version.c.notice).where(
        notice_version.c.instance_key == instance_key, notice_version.c.version == 1
    )
    return session.execute(statement).scalar_one_or_none()


def notices_of_project(session: Session, project_key: int) -> list[PublishedNotice]:
    """Return the latest version of every notice of a project, oldest notice first."""
    latest = notice_version.c.version == notice.c.versions
    return _read(session, (notice.c.project == project_key) & latest)


def history_of_project(session: Session, project_key: int) -> list[PublishedNotice]:
    """Return every version of every notice of a project in the order of publication."""
    found = _read(session, notice.c.project == project_key)
    return sorted(found, key=lambda one: (one.published_at, one.key, one.version))


def published_projects(session: Session, after: int, number: int) -> list[int]:
    """Return the keys of projects that something was published of, ascending.

    Args:
        session: for reading.
        after: the key before the first one.
        number: as many at most.
    """
    statement = (
        select(notice.c.project)
        .where(notice.c.project > after)
        .distinct()
        .order_by(notice.c.project)
        .limit(number)
    )
    return list(session.execute(statement).scalars())


def open_calls(session: Session, unit: str) -> list[PublishedNotice]:
    """Return a purchaser's calls in force that have a lot without a result, oldest first."""
    waiting = (
        select(notice_lot.c.notice)
        .join(lot, lot.c.key == notice_lot.c.lot)
        .where(
            notice_lot.c.family == Family.CALL,
            notice_lot.c.released_at.is_(None),
            lot.c.state == "announced",
        )
    )
    latest = notice_version.c.version == notice.c.versions
    return _read(session, (notice.c.unit == unit) & notice.c.key.in_(waiting) & latest)


def notice_of_lot(session: Session, lot_key: int, family: Family) -> PublishedNotice | None:
    """Return the live notice of a family that a lot is in, in its latest version."""
    live = select(notice_lot.c.notice).where(
        notice_lot.c.lot == lot_key,
        notice_lot.c.family == family,
        notice_lot.c.released_at.is_(None),
    )
    latest = notice_version.c.version == notice.c.versions
    found = _read(session, notice.c.key.in_(live) & latest)
    return found[0] if found else None


def _read(session: Session, which: ColumnElement[bool]) -> list[PublishedNotice]:
    names = [name for name in PublishedNotice.__dataclass_fields__ if name in notice.c]
    own = [name for name in PublishedNotice.__dataclass_fields__ if name not in notice.c]
    statement = (
        select(*(notice.c[name] for name in names), *(notice_version.c[name] for name in own))
        .join(notice_version, notice_version.c.notice == notice.c.key)
        .where(which)
        .order_by(notice.c.first_published_at, notice.c.key)
    )
    return [_published(row) for row in session.execute(statement)]


def _published(row: Row[Any]) -> PublishedNotice:
    values = dict(row._mapping)
    sections = tuple(_section(item) for item in values.pop("sections"))
    return PublishedNotice(**{**values, "kind": NoticeKind(values["kind"]), "sections": sections})


def _section(item: Mapping[str, Any]) -> Section:
    return Section(
        heading=item["heading"],
        fields=tuple((label, value) for label, value in item["fields"]),
        text=item["text"],
        columns=tuple(item["columns"]),
        rows=tuple(tuple(row) for row in item["rows"]),
    )


def files_of(session: Session, key: int, version: int) -> list[NoticeFile]:
    """Return the files of a version in order."""
    columns = [notice_attachment.c[name] for name in NoticeFile.__dataclass_fields__]
    statement = (
        select(*columns)
        .where(notice_attachment.c.notice == key, notice_attachment.c.version == version)
        .order_by(notice_attachment.c.position)
    )
    return [NoticeFile(**row) for row in session.execute(statement).mappings()]


def lots_of_notice(session: Session, key: int) -> list[int]:
    """Return the keys of the lots that a notice is about."""
    statement = select(notice_lot.c.lot).where(notice_lot.c.notice == key)
    return list(session.execute(statement.order_by(notice_lot.c.lot)).scalars())
