"""Copies of matters that people send each other to read (抄送)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Circulation:
    """One act of sending; see ``engine.store.tables.circulation`` for the columns.

    Attributes:
        work_item_key: the step at which it was sent.
        step: its name.
        words: what the sender says, may be empty.
        ruled: the model sent it when the sender decided, nobody chose the receivers.
    """

    key: int
    root_key: int
    process_id: str
    work_item_key: int
    step: str
    sender: str
    words: str
    sent_at: datetime
    ruled: bool = False


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What one person was sent.

    Attributes:
        read_at: when its receiver said that it was read, ``None`` before.
        comment: what the receiver says to it.
    """

    key: int
    circulation_key: int
    root_key: int
    process_id: str
    receiver: str
    read_at: datetime | None = None
    comment: str = ""
