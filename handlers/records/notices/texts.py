"""What a notice says and who publishes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from engine.gazette import Section
    from handlers.records.lots import Lot
    from handlers.records.notices.kinds import NoticeKind


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What one version says.

    Attributes:
        title: e.g. ``职校实训电脑公开招标公告``.
        sections: what people read, in order.
        facts: what programs read (OCDS): amounts as text, days as ISO text.
        period_from: first day of 公告期限, Asia/Shanghai.
        period_to: its last day.
        deadline: until when offers are taken.
        reason: why this version replaces the one before, empty for the first.
        attachments: keys of stored files.
    """

    title: str
    sections: tuple[Section, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    period_from: date | None = None
    period_to: date | None = None
    deadline: datetime | None = None
    reason: str = ""
    attachments: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewNotice:
    """A notice before it has an address.

    Attributes:
        kind: one of the kinds of reference T-6.
        project: key of the project it belongs to.
        refers_to: key of the notice that it corrects, ends or follows.
        lots: lots that it is about, as the drafter saw them.
    """

    kind: NoticeKind
    project: int
    unit: str
    division: str
    refers_to: int | None = None
    lots: tuple[Lot, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who publishes, in which matter (``None`` for what is taken over) and when."""

    login: str
    instance_key: int | None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class NoticeFile:
    """A file of a published version; its content lies in the blob store under ``sha256``."""

    attachment: int
    name: str
    size: int
    content_type: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PublishedNotice:
    """One version of a notice as it was published.

    Attributes:
        key: permanent address.
        version: 1 for the first publication.
        versions: how many there are by now.
        first_published_at: when version 1 was published.
        published_at: when this version was.
    """

    key: int
    kind: NoticeKind
    project: int
    unit: str
    division: str
    refers_to: int | None
    version: int
    versions: int
    title: str
    sections: tuple[Section, ...]
    facts: Mapping[str, Any]
    period_from: date | None
    period_to: date | None
    deadline: datetime | None
    reason: str
    first_published_at: datetime
    published_at: datetime
    published_by: str
    instance_key: int | None
    sha256: str
