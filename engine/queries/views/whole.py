"""Views of what concerns a matter as a whole: it rests, and who was sent copies of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.queries.views.trace import PersonView


@dataclass(frozen=True, kw_only=True)
class SuspensionView:
    """Since when a matter is suspended (UTC), by whom and why."""

    since: datetime
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CopyView:
    """A copy that somebody was sent.

    Attributes:
        sender: who sent it.
        receiver: who got it.
        words: what the sender said, may be empty.
        ruled: the procedure sent it when ``sender`` decided.
        sent_at: UTC.
        read_at: UTC, ``None`` before.
        comment: what the receiver said to it, may be empty.
        mine: the reader has to read it.
    """

    sender: PersonView
    receiver: PersonView
    words: str
    ruled: bool
    sent_at: datetime
    read_at: datetime | None
    comment: str
    mine: bool
