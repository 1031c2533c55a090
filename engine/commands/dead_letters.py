"""An administrator deals with messages that could not be sent or taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.commands.complete_job import go_on, message_facts
from engine.commands.job_step import erased, schedule_of, waiting_for
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.commands.taking import take
from engine.errors import NotAllowedError, NotFoundError, WrongStateError
from engine.exchange import InboundMessage
from engine.model.participants import ADMIN_ROLE
from engine.model.states import ReceivedState

if TYPE_CHECKING:
    from engine.commands.job_step import Waiting
    from engine.commands.services import Services
    from engine.model.messages import ReceivedMessage
    from engine.model.work import JobRow

#: A message that was given up is this error where the model catches it; elsewhere it goes on.
NOT_DELIVERED: Final = "NOT_DELIVERED"
_TRIES: Final = 3


@dataclass(frozen=True, kw_only=True)
class SendAgain:
    """重新发送: the same message under the same id, with its whole schedule of tries.

    Raises:
        NotFoundError: no such message.
        NotAllowedError: not an administrator.
        WrongStateError: it is not stopped any more.
    """

    job_key: str

    def execute(self, services: Services) -> None:
        """Put it back to work."""
        row = _stopped_job(self.job_key, services)
        schedule = schedule_of(row.job_type, services)
        tries = schedule.tries if schedule else _TRIES
        if not services.store.waiting.restart(row.key, services.now, tries):
            raise _gone()
        services.store.exchange.resume(row.partner)
        services.store.incidents.resolve_job(row.key, services.actor.login, services.now)
        services.makes_work = True
        services.note("message_sent_again", root_key=row.root_key, detail=_out(row))


@dataclass(frozen=True, kw_only=True)
class GiveUpSending:
    """放弃发送: the message is never sent; the process that waits for it goes on.

    It goes on by an error boundary event for ``NOT_DELIVERED`` if one is drawn, else as if sent.

    Raises:
        NotFoundError: no such message.
        NotAllowedError: not an administrator.
        WrongStateError: it is not stopped any more.
        ValidationFailedError: no reason given.
    """

    job_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """End the job and run the matter to rest."""
        row = _stopped_job(self.job_key, services)
        reason = require_reason(self.reason)
        waiting = waiting_for(row, services)
        if not services.store.waiting.give_up(row, services.now, **erased(row, services)):
            raise _gone()
        services.store.incidents.resolve_job(row.key, services.actor.login, services.now)
        if waiting is not None:
            _go_on_without(waiting, services)
        services.note(
            "message_given_up",
            root_key=row.root_key,
            element_name=waiting.name(row) if waiting else "",
            detail={**_out(row), "reason": reason},
        )


@dataclass(frozen=True, kw_only=True)
class TakeAgain:
    """再次处理: hand a held message to its handler once more.

    Raises:
        NotFoundError: no such message.
        NotAllowedError: not an administrator.
        WrongStateError: it is not held any more.
    """

    message_key: str

    def execute(self, services: Services) -> ReceivedState:
        """Take it; returns what became of it."""
        row = _held(self.message_key, services)
        message = InboundMessage(
            partner=row.partner,
            id=row.message_id,
            type=row.type,
            subject=row.subject,
            data=row.data,
        )
        taken = take(message, services)
        kept = {name: row.answer[name] for name in ("id", "received_at")}
        facts: dict[str, Any] = {
            "status": taken.status,
            "answer": {**kept, **taken.answer},
            "reason": taken.reason,
            "root_key": taken.root_key,
        }
        _settle(row, taken.state, services, **facts)
        services.note(
            f"message_{taken.word}",
            root_key=taken.root_key,
            detail={**_in(row), "reason": taken.reason[:500]},
        )
        return taken.state


@dataclass(frozen=True, kw_only=True)
class GiveUpTaking:
    """不予处理: a held message is put away; its sender's repetitions get the same answer.

    Raises:
        NotFoundError: no such message.
        NotAllowedError: not an administrator.
        WrongStateError: it is not held any more.
        ValidationFailedError: no reason given.
    """

    message_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Put it away."""
        row = _held(self.message_key, services)
        reason = require_reason(self.reason)
        _settle(row, ReceivedState.GIVEN_UP, services, reason=reason)
        services.note("message_put_away", detail={**_in(row), "reason": reason})


def _go_on_without(waiting: Waiting, services: Services) -> None:
    if waiting.node.throw(waiting.token_id, NOT_DELIVERED, {}, services.now):
        Progress(waiting.tree, services, Cause(services.actor.login)).run(waiting.node)
    else:
        go_on(waiting, {}, services)


def _stopped_job(job_key: str, services: Services) -> JobRow:
    _require_administrator(services)
    row = services.store.waiting.job(key_of(job_key, "消息", "message"))
    if row is None or not row.partner:
        raise NotFoundError("消息", "message", job_key)
    return row


def _held(message_key: str, services: Services) -> ReceivedMessage:
    _require_administrator(services)
    row = services.store.exchange.received_by_key(key_of(message_key, "消息", "message"))
    if row is None:
        raise NotFoundError("消息", "message", message_key)
    if row.state is not ReceivedState.HELD:
        raise _gone()
    return row


def _settle(row: ReceivedMessage, state: ReceivedState, services: Services, **values: Any) -> None:
    is_over = state is not ReceivedState.HELD
    settled = {"settled_at": services.now, "settled_by": services.actor.login} if is_over else {}
    if not services.store.exchange.settle_received(
        row.key, ReceivedState.HELD, state=state, **values, **settled
    ):
        raise _gone()


def _require_administrator(services: Services) -> None:
    if not services.person.has_role(ADMIN_ROLE):
        raise NotAllowedError


def _out(row: JobRow) -> dict[str, str]:
    return {"handler": row.job_type, **message_facts(row)}


def _in(row: ReceivedMessage) -> dict[str, str]:
    return {"partner": row.partner, "message_id": row.message_id, "type": row.type}


def _gone() -> WrongStateError:
    return WrongStateError(
        "该消息已由他人处理，请刷新列表。", "Somebody has dealt with this message; reload the list."
    )
