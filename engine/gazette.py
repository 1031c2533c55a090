"""What is published to everybody: the contract between the handlers that know notices and the site.

A gazette lists published notices, shows each of their versions as it was published, and gives out
files and open data. Only what was published is in it; it needs no log-in and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.handler import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from engine.exhibit import Words


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what stands under it.

    Attributes:
        heading: e.g. ``一、项目基本情况``.
        fields: pairs of label and value.
        text: running text; line breaks are paragraphs.
        columns: heads of a table.
        rows: its rows, as wide as ``columns``.
    """

    heading: str
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which notices are asked for.

    Attributes:
        group: key of a group, empty for all.
        division: GB/T 2260 code; everything inside it counts; empty for all.
        words: texts separated by blanks, all of which must occur.
        first: first day of publication (Asia/Shanghai).
        last: last day.
        page: from 1.
        size: lines of a page.
    """

    group: str = ""
    division: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1
    size: int = 20


@dataclass(frozen=True, kw_only=True)
class GazetteGroup:
    """A kind of notices as readers look for it."""

    key: str
    title: Words
    about: Words


@dataclass(frozen=True, kw_only=True)
class Place:
    """A division with its name, e.g. ``410400`` 平顶山市."""

    division: str
    name: str


@dataclass(frozen=True, kw_only=True)
class GazetteLine:
    """A notice in a list, in its latest version.

    Attributes:
        kind: e.g. 公开招标公告.
        unit: name of the unit that published it.
        marks: what has become of it, e.g. 已更正.
        deadline: until when offers are taken, ``None`` when they are not or no longer asked for.
    """

    key: str
    version: int
    group: str
    kind: Words
    title: str
    unit: str
    place: Place
    published_at: datetime
    deadline: datetime | None = None
    marks: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GazetteList:
    """A page of lines, newest first, and how many there are in all."""

    lines: Sequence[GazetteLine]
    total: int


@dataclass(frozen=True, kw_only=True)
class GazetteFront:
    """The first page: how many notices each group has and its newest ones."""

    counts: dict[str, int]
    newest: dict[str, Sequence[GazetteLine]]


@dataclass(frozen=True, kw_only=True)
class PublishedFile:
    """A file of a version; its content lies in the blob store under ``sha256``."""

    position: int
    name: str
    size: int
    content_type: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class NoticeVersion:
    """One version in the history of a notice."""

    version: int
    published_at: datetime
    reason: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Another notice and how it is related, e.g. 本公告的更正公告."""

    words: Words
    key: str
    title: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """One version of a notice, whole.

    Attributes:
        line: the notice in its latest version.
        shown: the version that is shown.
        title: heading of that version.
        versions: all of them, oldest first.
        relations: notices that it corrects or that correct or end it.
        project: the other notices of the project, oldest first.
        project_number: empty before there is one.
        data: ``(title, name)`` of open data about it, for ``Gazette.data``.
    """

    line: GazetteLine
    shown: NoticeVersion
    title: str
    sections: Sequence[Section]
    period_from: date | None
    period_to: date | None
    deadline: datetime | None
    files: Sequence[PublishedFile]
    versions: Sequence[NoticeVersion]
    relations: Sequence[Relation]
    project: Sequence[GazetteLine]
    project_number: str
    data: Sequence[tuple[Words, str]]


@dataclass(frozen=True, kw_only=True)
class Site:
    """Who publishes, and the address of the site without a slash at the end."""

    address: str
    publisher: str


@dataclass(frozen=True, kw_only=True)
class Gazette:
    """Where published notices come from.

    Attributes:
        groups: in the order of the menu.
        front: ``(session, lines of a group) -> front``.
        notices: ``(session, wanted) -> list``.
        places: divisions in which something was published, with those around them.
        page: ``(session, key, version) -> page``; the latest version for ``None``.
        file: ``(session, key, version, position) -> file``.
        addresses: ``(session, after key, number) -> (key, last change)``, by key, for site maps.
        data: ``(session, name, site) -> JSON``; ``None`` when there is none of that name.
    """

    groups: Sequence[GazetteGroup]
    front: Callable[[Session, int], GazetteFront]
    notices: Callable[[Session, Wanted], GazetteList]
    places: Callable[[Session], Sequence[Place]]
    page: Callable[[Session, int, int | None], NoticePage | None]
    file: Callable[[Session, int, int, int], PublishedFile | None]
    addresses: Callable[[Session, int, int], Sequence[tuple[int, datetime]]]
    data: Callable[[Session, str, Site], bytes | None]


def declare(gazette: Gazette) -> Gazette:
    """Make the gazette known to the installation."""
    registry.set_gazette(gazette)
    return gazette
