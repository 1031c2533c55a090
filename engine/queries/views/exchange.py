"""Views of the messages exchanged with outside systems, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class ExchangeBox(StrEnum):
    """The lists of messages, in the order of the page."""

    STOPPED = "stopped"
    WAITING = "waiting"
    SENT = "sent"
    RECEIVED = "received"
    DEVELOPMENT = "development"


@dataclass(frozen=True, kw_only=True)
class OutgoingRow:
    """A message of ours.

    Attributes:
        key: job key.
        title: what it is called.
        partner: name of the outside system.
        kind: of the outside system, e.g. ``sms``.
        message_id: the same for every try.
        state: of the job.
        attempt: tries so far.
        tries: at most so many.
        next_at: when it is tried next, ``None`` when it is not.
        error: of the last try.
        content: what is sent, without what nobody may see.
        answer: what the partner said, ``None`` = nothing yet.
        delivered: ``False`` = kept in the development outbox.
        sent_at: when it was taken.
        matter: key of the matter it belongs to, ``""`` = none.
    """

    key: str
    title: str
    partner: str
    kind: str
    message_id: str
    state: str
    attempt: int
    tries: int
    created_at: datetime
    next_at: datetime | None
    error: str
    content: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    delivered: bool = True
    sent_at: datetime | None = None
    matter: str = ""


@dataclass(frozen=True, kw_only=True)
class IncomingRow:
    """A message of a partner.

    Attributes:
        state: done, rejected, held or given_up.
        reason: why it is held, was rejected or put away.
        settled_by: name of the administrator who dealt with it.
    """

    key: str
    title: str
    partner: str
    message_id: str
    subject: str
    state: str
    reason: str
    content: Mapping[str, Any]
    answer: Mapping[str, Any]
    address: str
    received_at: datetime
    settled_at: datetime | None
    settled_by: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """An outside system.

    Attributes:
        name: how it is called.
        key: its name in the settings.
        address: host only, ``""`` = none.
        mode: ``connected``, ``simulated``, ``development`` or ``configured`` (refused).
        paused_until: it does not answer and is left alone until then.
        last_contact: when it took or sent a message last.
    """

    name: str
    key: str
    address: str
    mode: str
    paused_until: datetime | None
    last_contact: datetime | None


@dataclass(frozen=True, kw_only=True)
class ExchangePage:
    """One list of messages.

    Attributes:
        stopped: messages that wait for an administrator, both ways.
        earlier: key to continue before, ``""`` at the end.
    """

    box: ExchangeBox
    stopped: int
    partners: Sequence[PartnerRow]
    outgoing: Sequence[OutgoingRow] = ()
    incoming: Sequence[IncomingRow] = ()
    earlier: str = ""
