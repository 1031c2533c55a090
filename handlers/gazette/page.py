"""One version of a published notice with its history and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.exhibit import Words
from engine.gazette import NoticePage, NoticeVersion, PublishedFile, Relation
from handlers.gazette.kinds import REFERS
from handlers.gazette.lines import lines_of
from handlers.ocds.notices import RELEASED
from handlers.ocds.site import record_name, release_name
from handlers.records.notices import files_of, notice_of
from handlers.records.notices.listing import file_at, heads_of_project, versions_of
from handlers.records.projects import project_of_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from handlers.records.notices import PublishedNotice
    from handlers.records.notices.listing import NoticeHead
    from handlers.records.projects import Project


def page(session: Session, key: int, version: int | None) -> NoticePage | None:
    """Return a version of a notice, the latest for ``None``; ``None`` when there is none."""
    found = notice_of(session, key, version)
    project = project_of_key(session, found.project) if found else None
    if found is None or project is None:
        return None
    heads = heads_of_project(session, found.project)
    lines = lines_of(session, heads)
    versions = [
        NoticeVersion(
            version=one.version,
            published_at=one.published_at,
            reason=one.reason,
            sha256=one.sha256,
        )
        for one in versions_of(session, key)
    ]
    return NoticePage(
        line=next(line for line in lines if line.key == str(key)),
        shown=versions[found.version - 1],
        title=found.title,
        sections=found.sections,
        period_from=found.period_from,
        period_to=found.period_to,
        deadline=found.deadline,
        files=_files(session, key, found.version),
        versions=versions,
        relations=list(_relations(found, heads)),
        project=[line for line in lines if line.key != str(key)],
        project_number=project.number or "",
        data=_data(found, project),
    )


def published_file(session: Session, key: int, version: int, position: int) -> PublishedFile | None:
    """Return a file of a version."""
    row = file_at(session, key, version, position)
    if row is None:
        return None
    return PublishedFile(
        position=row.position,
        name=row.name,
        size=row.size,
        content_type=row.content_type,
        sha256=row.sha256,
    )


def _files(session: Session, key: int, version: int) -> list[PublishedFile]:
    return [
        PublishedFile(
            position=position,
            name=one.name,
            size=one.size,
            content_type=one.content_type,
            sha256=one.sha256,
        )
        for position, one in enumerate(files_of(session, key, version), start=1)
    ]


def _relations(found: PublishedNotice, heads: Sequence[NoticeHead]) -> Iterator[Relation]:
    """Yield what the notice refers to, and what refers to it."""
    for head in heads:
        if head.key == found.refers_to and found.kind in REFERS:
            yield _relation(REFERS[found.kind][0], head)
        if head.refers_to == found.key and head.kind in REFERS:
            yield _relation(REFERS[head.kind][1], head)


def _relation(words: Words, head: NoticeHead) -> Relation:
    return Relation(
        words=words, key=str(head.key), title=head.title, published_at=head.published_at
    )


def _data(found: PublishedNotice, project: Project) -> list[tuple[Words, str]]:
    record = (
        Words("项目全部数据（OCDS record）", "The project's record (OCDS)"),
        record_name(project),
    )
    if found.kind not in RELEASED:
        return [record]
    release = release_name(found, project)
    return [(Words("本次发布（OCDS release）", "This release (OCDS)"), release), record]
