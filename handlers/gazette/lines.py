"""Lists of published notices as the public site shows them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.exhibit import Words
from engine.gazette import GazetteFront, GazetteLine, GazetteList, Place
from handlers.gazette.kinds import GROUP_OF, GROUPS, KIND_WORDS, MARKS, MEMBERS
from handlers.records.notices import NoticeKind
from handlers.records.notices.listing import (
    Search,
    counts_by_kind,
    divisions_of_notices,
    find_and_count,
    find_notices,
    kinds_that_refer,
)
from handlers.reference.divisions import division_name, prefix_of, with_surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from engine.gazette import Wanted
    from handlers.records.notices.listing import NoticeHead

#: A notice with several versions that no notice of its own corrects (intentions).
_NEW_VERSION: Final = Words("已更正", "Corrected")
#: The last notices of all kinds are found by one index; they fill most of the first page.
_RECENT: Final = 200


def find(session: Session, wanted: Wanted) -> GazetteList:
    """Return a page of the notices that are asked for."""
    offset = (wanted.page - 1) * wanted.size
    heads, total = find_and_count(session, _search(wanted), limit=wanted.size, offset=offset)
    return GazetteList(lines=lines_of(session, heads), total=total)


def front(session: Session, size: int) -> GazetteFront:
    """Return how many notices each group has and its ``size`` newest ones."""
    counts = counts_by_kind(session)
    recent = find_notices(session, Search(), limit=_RECENT)
    heads = [head for group in GROUPS for head in _newest(session, recent, group.key, size)]
    lines = lines_of(session, heads)
    return GazetteFront(
        counts={
            group.key: sum(counts.get(kind, 0) for kind in MEMBERS[group.key]) for group in GROUPS
        },
        newest={group.key: [line for line in lines if line.group == group.key] for group in GROUPS},
    )


def _newest(
    session: Session, recent: Sequence[NoticeHead], group: str, size: int
) -> Sequence[NoticeHead]:
    """Return the newest of a group, of what was published recently if that is enough."""
    found = [head for head in recent if GROUP_OF.get(head.kind) == group]
    if len(found) >= size or len(recent) < _RECENT:
        return found[:size]
    return find_notices(session, Search(kinds=MEMBERS[group]), limit=size)


def places(session: Session) -> list[Place]:
    """Return the divisions in which something was published, with those around them."""
    codes = with_surroundings(divisions_of_notices(session))
    return [Place(division=code, name=division_name(code)) for code in codes]


def lines_of(session: Session, heads: Sequence[NoticeHead]) -> list[GazetteLine]:
    """Return what lists show of notices; what has become of them is read for all at once."""
    referring = kinds_that_refer(session, [head.key for head in heads])
    return [_line(head, referring.get(head.key, set())) for head in heads]


def _line(head: NoticeHead, referring: set[NoticeKind]) -> GazetteLine:
    marks = [MARKS[kind] for kind in MARKS if kind in referring]
    if head.number > 1 and not marks:
        marks = [_NEW_VERSION]
    return GazetteLine(
        key=str(head.key),
        version=head.number,
        group=GROUP_OF.get(head.kind, ""),
        kind=KIND_WORDS[head.kind],
        title=head.title,
        unit=head.unit_name,
        place=Place(division=head.division, name=division_name(head.division)),
        published_at=head.published_at,
        deadline=None if NoticeKind.TERMINATION in referring else head.deadline,
        marks=tuple(marks),
    )


def _search(wanted: Wanted) -> Search:
    return Search(
        kinds=MEMBERS.get(wanted.group, ()),
        prefix=prefix_of(wanted.division) if wanted.division else "",
        words=wanted.words.split(),
        since=_morning(wanted.first) if wanted.first else None,
        before=_morning(wanted.last + timedelta(days=1)) if wanted.last else None,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OFFICE_ZONE)
