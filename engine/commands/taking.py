"""Hand a message of an outside system to the handler that takes its type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from engine.commands.attempts import attempt
from engine.commands.outside_calls import send_after_commit
from engine.commands.publish_message import PublishMessage
from engine.errors import (
    FieldError,
    NotAllowedError,
    ValidationFailedError,
    WorkflowError,
    WrongStateError,
)
from engine.exchange import InboundContext
from engine.model.states import ReceivedState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from engine.commands.services import Services
    from engine.exchange import InboundMessage
    from engine.handler import Registered

#: The sender is wrong and must send something else; anything else is for an administrator.
_SENDERS_FAULT: Final = (ValidationFailedError, WrongStateError, NotAllowedError)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of a message.

    Attributes:
        state: done, rejected or held.
        status: HTTP status for the sender.
        answer: what the sender is told.
        reason: why it is rejected or held, Chinese.
        root_key: the matter that got it.
    """

    state: ReceivedState
    status: int
    answer: Mapping[str, Any]
    reason: str = ""
    root_key: int | None = None

    @property
    def word(self) -> str:
        """Return the state as a past participle for the audit trail."""
        return "taken" if self.state is ReceivedState.DONE else str(self.state)


@dataclass
class _Followed:
    """What the handler set in motion."""

    said: Mapping[str, Any] = field(default_factory=dict)
    root_key: int | None = None


def take(message: InboundMessage, services: Services) -> Taken:
    """Let the registered handler work on ``message``; nothing of a refused one stays."""
    kind = message.partner.partition("-")[0]
    registered = services.registry.inbound(kind, message.type)
    if registered is None:
        return _refused(_unknown_type(message.type))
    followed = _Followed()
    error = attempt(services, lambda: _call(registered, message, followed, services))
    if error is not None:
        return _refused(error)
    return Taken(
        state=ReceivedState.DONE,
        status=200,
        answer={"status": "accepted", "result": dict(followed.said)},
        root_key=followed.root_key,
    )


def _call(
    registered: Registered, message: InboundMessage, followed: _Followed, services: Services
) -> None:
    data = registered.accepts(message.data) if registered.accepts else message.data
    missing = [name for name, required in registered.reads.items() if required]
    missing = [name for name in missing if data.get(name) in (None, "")]
    if missing:
        raise ValidationFailedError([_required(name) for name in missing])

    def publish(
        name: str,
        correlation_key: str,
        variables: Mapping[str, Any],
        *,
        unit: str = "",
        time_to_live: timedelta = PublishMessage.time_to_live,
    ) -> str | None:
        command = PublishMessage(
            name=name,
            correlation_key=correlation_key,
            variables=variables,
            time_to_live=time_to_live,
            unit=unit,
        )
        reached = command.execute(services).instance_key
        followed.root_key = int(reached) if reached else followed.root_key
        return reached

    def concern(instance_key: str) -> None:
        followed.root_key = int(instance_key)

    context = InboundContext(
        message=message,
        session=services.store.session,
        now=services.now,
        publish=publish,
        concern=concern,
        send=lambda call: send_after_commit(call, followed.root_key, services),
    )
    followed.said = registered.function(context, **registered.arguments(data)) or {}


def _refused(error: WorkflowError) -> Taken:
    is_theirs = isinstance(error, _SENDERS_FAULT)
    state = ReceivedState.REJECTED if is_theirs else ReceivedState.HELD
    answer: dict[str, Any] = {
        "status": str(state),
        "code": error.code,
        "message": error.message_zh,
        "message_en": error.message_en,
    }
    if isinstance(error, ValidationFailedError):
        answer["errors"] = [vars(item) for item in error.errors]
    status = 422 if is_theirs else 202
    return Taken(state=state, status=status, answer=answer, reason=error.message_zh[:2_000])


def _required(name: str) -> FieldError:
    return FieldError(
        field=name,
        code="ERR_REQUIRED",
        message_zh=f"缺少“{name}”，请补充后用新的消息编号发送。",
        message_en=f"{name} is missing; add it and send with a new id.",
    )


def _unknown_type(message_type: str) -> ValidationFailedError:
    return ValidationFailedError(
        [
            FieldError(
                field="type",
                code="ERR_ENUM",
                message_zh=f"不接收类型为“{message_type}”的消息。",
                message_en=f"Messages of type {message_type!r} are not taken.",
            )
        ]
    )
