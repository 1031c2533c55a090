"""退回 to a party outside of the office, which answers by a one-time link; the task stays."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar import AlarmKind
from engine.commands.clock import begin_clock
from engine.commands.deciding import decision_refusal, open_outside
from engine.commands.outside_calls import send_after_commit
from engine.commands.parts import new_part, next_number, parts_of
from engine.commands.reasons import require_reason
from engine.commands.returning import OUTSIDE, allowed_targets
from engine.commands.step import claim_first, read_step
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError, field_error
from engine.exchange import OutsideCall
from engine.model.deadlines import AlarmRow
from engine.model.keys import new_key
from engine.model.outside import DEFAULT_WITHIN, FIELDS, WITHIN, OutsideLink, hash_of
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem

SMS: Final = "sms.send"
_PHONE: Final = re.compile(r"1\d{10}")
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, kw_only=True)
class ReturnOutside:
    """退回外部: somebody without an account corrects some fields; the task waits for it.

    The link is sent as a text message; only its hash is kept.

    Attributes:
        work_item_key: the task.
        party: name of the receiver, 1 to 60 characters.
        phone: mobile number, 11 digits.
        reason: what is to be corrected, 1 to 500 characters.
        link: address of the page, to which the token is added.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        WrongStateError: the step allows it not, or waits for somebody already.
        ValidationFailedError: at the field.
        ConfigurationError: there is no handler for text messages.
    """

    work_item_key: str
    party: str
    phone: str
    reason: str
    link: str

    def execute(self, services: Services) -> None:
        """Make the part that waits, the link and the message."""
        step = read_step(services, self.work_item_key)
        parts = parts_of(step.item, services)
        refusal = outside_refusal(step, parts, services)
        if refusal is not None:
            raise refusal
        reason, party, phone = require_reason(self.reason), self._party(), self._phone()
        claim_first(step, services)
        token = secrets.token_urlsafe(32)
        services.store.parts.end(waited_for(parts), services.now)
        part, expires_at = _part(step, next_number(parts), reason, services)
        services.store.work_items.add([part], step.tree.root.row)
        services.store.deadlines.add([], [_lapse(part, expires_at)])
        services.store.outside.add(
            OutsideLink(
                token_hash=hash_of(token),
                work_item_key=part.key,
                root_key=step.root_key,
                party=party,
                fields=step.element.properties[FIELDS],
                expires_at=expires_at,
            )
        )
        self._send(part, phone, f"{self.link}{token}", expires_at.isoformat(), services)
        services.note(
            "work_item_returned_outside",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"party": party, "reason": reason, "due": expires_at.isoformat()},
        )

    def _party(self) -> str:
        party = self.party.strip()
        if not 0 < len(party) <= _LONGEST_NAME:
            raise _refused(
                "party", f"请填写外部单位或人员名称，{_LONGEST_NAME} 字以内。", "Name the receiver."
            )
        return party

    def _phone(self) -> str:
        phone = self.phone.strip()
        if _PHONE.fullmatch(phone) is None:
            raise _refused(
                "phone", "请填写 11 位手机号码，链接将以短信发送。", "Give a mobile number."
            )
        return phone

    def _send(
        self, part: WorkItem, phone: str, link: str, expires_at: str, services: Services
    ) -> None:
        message_id = f"outside/{part.key}"
        text = "有事项请您补正，请打开链接填写（仅限使用一次）：{secret}"
        inputs = {"sms_id": message_id, "phone": phone, "text": text, "secret": link}
        inputs["expires_at"] = expires_at
        call = OutsideCall(handler=SMS, message_id=message_id, inputs=inputs)
        send_after_commit(call, part.root_key, services)


@dataclass(frozen=True, kw_only=True)
class RecallOutside:
    """撤回外部退回: the link opens nothing any more, the task goes on.

    Attributes:
        work_item_key: the task.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        WrongStateError: nobody outside is waited for.
        ValidationFailedError: no reason.
    """

    work_item_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """End the part."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        waited = waited_for(parts_of(step.item, services))
        if not waited:
            raise WrongStateError(
                "没有等待外部单位补正，无需撤回。", "Nobody outside is waited for."
            )
        reason = require_reason(self.reason)
        services.store.parts.end(waited, services.now, reason)
        services.note(
            "outside_return_recalled",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"reason": reason},
        )


def _part(step: Step, number: int, reason: str, services: Services) -> tuple[WorkItem, datetime]:
    """Return the part that waits, and when its link lapses by the matter's calendar."""
    within = step.element.properties.get(WITHIN, DEFAULT_WITHIN)
    due = begin_clock(0, within, step.element, step.tree.root.row, services.now).due_at
    expires_at = due or services.now
    part = new_part(
        step.item,
        WorkItemKind.OUTSIDE,
        number,
        state=WorkItemState.WAITING,
        sender=services.actor.login,
        request=reason,
        created_at=services.now,
        due_at=expires_at,
    )
    return part, expires_at


def _lapse(part: WorkItem, expires_at: datetime) -> AlarmRow:
    """Return what tells the sender when the link has lapsed."""
    return AlarmRow(
        key=new_key(),
        deadline_key=part.key,
        root_key=part.root_key,
        kind=AlarmKind.LAPSE,
        rule="",
        due_at=expires_at,
    )


def waited_for(parts: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the parts that wait for somebody outside."""
    return [part for part in parts if part.kind is WorkItemKind.OUTSIDE and part.is_live]


def is_outside_offered(step: Step) -> bool:
    """Tell whether the step may be returned to somebody outside."""
    return step.item.is_task and OUTSIDE in allowed_targets(step.element)


def outside_refusal(
    step: Step, parts: Sequence[WorkItem], services: Services
) -> WorkflowError | None:
    """Return why the actor cannot return the task outside, ``None`` if he can."""
    if not step.verdict.allowed:
        return NotAllowedError(step.verdict.reason_zh, step.verdict.reason_en)
    if not is_outside_offered(step):
        return WrongStateError(
            "此环节不能退回外部单位。", "This step cannot be returned to the outside."
        )
    if open_outside(parts, services.now):
        return WrongStateError(
            "已退回外部单位，尚未答复；如需重新发送，请先撤回。",
            "Somebody outside has been asked already; recall that first.",
        )
    return decision_refusal(step, parts, services)


def _refused(name: str, zh: str, en: str) -> ValidationFailedError:
    return field_error(name, "ERR_REQUIRED", zh, en)
