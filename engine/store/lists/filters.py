"""What narrows and orders a list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.store.lists.keyset import Cursor


class Sort(StrEnum):
    """Orders of open work; every one ends with the work item's key, so that none is ambiguous."""

    #: overdue first, then the nearest deadline, those without one last
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    STEP = "step"
    UNIT = "unit"


class Group(StrEnum):
    """Headings that rows may stand under."""

    NONE = ""
    PROCESS = "process"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """What narrows a list; empty values do not narrow it.

    Attributes:
        search: part of title, number, step name, unit name or the initiator's name.
        process_id: root process.
        element_id: step, an element id of any process of the matter.
        due_from: due at this moment or later.
        due_before: due before this moment.
        returned: only what came back by 退回.
        unread: only what this person has not opened.
        sort: order of open work; other lists are newest first.
        group: headings above the order.
    """

    search: str = ""
    process_id: str = ""
    element_id: str = ""
    due_from: datetime | None = None
    due_before: datetime | None = None
    returned: bool = False
    unread: bool = False
    sort: Sort = Sort.DUE
    group: Group = Group.NONE


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which rows of a list.

    Attributes:
        size: rows at the most, ≥ 1.
        cursor: begin beyond this row, ``None`` = at the beginning.
        backwards: before the cursor instead of after it; rows still come in the list's order.
    """

    size: int
    cursor: Cursor | None = None
    backwards: bool = False
