"""Published notices: permanent addresses, numbered versions that never change."""

from engine.gazette import Section
from handlers.records.notices.kinds import Family, NoticeKind
from handlers.records.notices.publishing import publish, publish_version, release_lots
from handlers.records.notices.reading import (
    files_of,
    lots_of_notice,
    notice_of,
    notice_of_lot,
    notice_of_matter,
    notices_of_project,
    open_calls,
)
from handlers.records.notices.texts import (
    NewNotice,
    NoticeFile,
    NoticeText,
    PublishedNotice,
    Signature,
)

__all__ = [
    "Family",
    "NewNotice",
    "NoticeFile",
    "NoticeKind",
    "NoticeText",
    "PublishedNotice",
    "Section",
    "Signature",
    "files_of",
    "lots_of_notice",
    "notice_of",
    "notice_of_lot",
    "notice_of_matter",
    "notices_of_project",
    "open_calls",
    "publish",
    "publish_version",
    "release_lots",
]
