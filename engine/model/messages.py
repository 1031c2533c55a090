"""Messages exchanged with outside systems, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.model.states import ReceivedState


@dataclass(frozen=True, kw_only=True)
class SentMessage:
    """What an outside system has taken."""

    key: int
    handler: str
    message_id: str
    digest: str
    job_key: int
    root_key: int | None
    partner: str
    type: str
    subject: str
    body: Mapping[str, Any]
    answer: Mapping[str, Any]
    variables: Mapping[str, Any]
    delivered: bool
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReceivedMessage:
    """What an outside system has sent, and what it was told."""

    key: int
    partner: str
    message_id: str
    type: str
    subject: str
    data: Mapping[str, Any]
    digest: str
    state: ReceivedState
    status: int
    answer: Mapping[str, Any]
    reason: str = ""
    root_key: int | None = None
    address: str = ""
    received_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None
