"""What people are told, and by which way it may reach them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class NoticeEvent(StrEnum):
    """Why somebody is told; the order is that of the settings page."""

    #: a new task; on the bell it is derived from the work items themselves
    TASK = "task"
    RETURNED = "returned"
    URGED = "urged"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    #: a task of others is overdue, and the model tells this person
    ESCALATED = "escalated"
    #: a newer calendar moved a due date
    DUE_MOVED = "due_moved"
    CIRCULATED = "circulated"
    CONSULTED = "consulted"
    #: a party outside of the office has corrected what was returned to it
    ANSWERED = "answered"
    #: that party has let its time pass
    LAPSED = "lapsed"
    FINISHED = "finished"
    SUBSTITUTION = "substitution"


class Channel(StrEnum):
    """How a notice leaves the product; the bell is always there."""

    SMS = "sms"
    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


#: The way that is no channel: the bell itself.
BELL: Final = "bell"
#: In place of a login: whoever may take the work item.
CANDIDATES: Final = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One line on somebody's bell.

    Attributes:
        login: of the reader; ``CANDIDATES`` for the worker to find out.
        root_key: the matter it is about, ``None`` without.
        work_item_key: the work item, ``None`` without.
        detail: names and words that the sentence needs, by name.
        at: UTC.
        read_at: UTC.
        spread: the channels have been served, or there are none.
    """

    key: int
    login: str
    event: NoticeEvent
    root_key: int | None = None
    work_item_key: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    at: datetime
    read_at: datetime | None = None
    spread: bool = True
