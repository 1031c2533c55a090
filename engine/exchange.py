"""What handlers of outside systems say and get: contracts, receipts, messages that come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from engine.partners import PATIENT, RetrySchedule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

#: A name in Chinese and in English.
Names = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class OutsideContract:
    """How an outside handler talks to its partner.

    Attributes:
        partner: kind of the outside system, e.g. ``trading_centre``.
        message_id: the input that identifies the message: the same one never has two effects.
        retry: when a failed call is made again.
        hidden: inputs that nobody may see and that are erased when the call is over.
        title: what the message is called, Chinese and English.
    """

    partner: str
    message_id: str = ""
    retry: RetrySchedule = PATIENT
    hidden: frozenset[str] = frozenset()
    title: Names = ("", "")


class RejectedError(Exception):
    """The outside system refuses the message for good; trying again would not help."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        """Keep both languages in one line for the trail."""
        super().__init__(f"{message_zh} / {message_en}")


class UnreachableError(Exception):
    """The outside system does not answer; other messages for it wait a little, too.

    Attributes:
        retry_after: seconds that it asked for, 0 = it did not.
    """

    def __init__(self, message_zh: str, message_en: str, retry_after: int = 0) -> None:
        """Keep both languages in one line for the trail."""
        super().__init__(f"{message_zh} / {message_en}")
        self.retry_after = retry_after


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """An outside handler's result with what was sent and answered.

    Attributes:
        partner: who got it.
        type: what kind of message it was.
        subject: the business number it is about.
        body: what was sent, without hidden inputs.
        answer: what came back.
        delivered: ``False`` = kept in the development outbox, nobody was called.
        variables: what the process gets.
    """

    partner: str
    type: str
    subject: str
    body: Mapping[str, Any]
    answer: Mapping[str, Any]
    delivered: bool = True
    variables: Mapping[str, Any] = field(default_factory=dict)

    def giving(self, **variables: Any) -> Receipt:
        """Return the same with ``variables`` for the process."""
        return Receipt(**(vars(self) | {"variables": variables}))


@dataclass(frozen=True, kw_only=True)
class OutsideCall:
    """A message that goes out after the commit and that nothing in the process waits for.

    Attributes:
        handler: name of an outside handler with a contract.
        message_id: the same one is sent once, however often it is asked for.
        inputs: what the handler reads.
    """

    handler: str
    message_id: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """A message of an outside system whose signature is right.

    Attributes:
        partner: who sent it.
        id: the sender's id; the same one is taken once.
        type: e.g. ``lots.published``.
        subject: the business number it is about, may be empty.
        data: its content.
    """

    partner: str
    id: str
    type: str
    subject: str
    data: Mapping[str, Any]


class Publish(Protocol):
    """Correlates a BPMN message inside the transaction of the message that came in."""

    def __call__(
        self,
        name: str,
        correlation_key: str,
        variables: Mapping[str, Any],
        *,
        unit: str = "",
        time_to_live: timedelta = timedelta(0),
    ) -> str | None:
        """Return the key of the matter that got it or was started, ``None`` for neither.

        Args:
            name: message name of the model.
            correlation_key: what the receiver waits for.
            variables: handed to the receiver.
            unit: code of the unit in which a matter is started.
            time_to_live: how long it is kept when nobody waits for it yet.
        """


@dataclass(frozen=True, kw_only=True)
class InboundContext:
    """What an inbound handler gets; everything it does is one transaction with the inbox row.

    Attributes:
        message: what came.
        session: the unit of work's session; never commit, roll back or close it.
        now: the moment of the command, UTC.
        publish: hands a BPMN message to the matter that waits for it or starts one.
        concern: ``concern(instance key)`` puts the message into the trail of that matter.
        send: sends a message that the same transaction decided on (see ``OutsideCall``);
            ``False`` = it was sent before.
    """

    message: InboundMessage
    session: Session
    now: datetime
    publish: Publish
    concern: Callable[[str], None]
    send: Callable[[OutsideCall], bool]
