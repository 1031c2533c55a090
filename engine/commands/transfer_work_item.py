"""Give a task to somebody else for good."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.choosing import Chooser
from engine.commands.handing_on import give, handing_on_refusal
from engine.commands.parts import make_part, next_number, parts_of
from engine.commands.reasons import require_reason
from engine.commands.step import read_step
from engine.model.states import AssignedBy, WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class TransferWorkItem:
    """转办: from now on it is the other person's; what was filled in goes along.

    Attributes:
        work_item_key: the task.
        to: login of the person who gets it; property ``transfer.people`` says who may.
        reason: 1 to 500 characters.
        answers: the form as typed.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished, or somebody else was faster.
        WrongStateError: delegated, the initiator's own, or the step forbids it.
        ValidationFailedError: no reason, or a person who may not get it.
    """

    work_item_key: str
    to: str
    reason: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Give it away and remember who did."""
        step = read_step(services, self.work_item_key)
        refusal = handing_on_refusal(step, "transfer")
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        (person,) = Chooser(step, "transfer", services).require([self.to], "person")
        part = make_part(
            step,
            WorkItemKind.TRANSFER,
            next_number(parts_of(step.item, services)),
            services.actor.login,
            state=WorkItemState.COMPLETED,
            sender=step.item.sender,
            owner=person.login,
            opinion=reason,
            created_at=services.now,
            ended_at=services.now,
            ended_by=services.actor.login,
            ended_role=step.verdict.role,
            on_behalf_of=step.verdict.on_behalf_of,
        )
        give(step, person, self.answers, services, request=reason, assigned_by=AssignedBy.TRANSFER)
        services.store.work_items.add([part], step.tree.root.row)
        services.note(
            "work_item_transferred",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"person": person.name, "reason": reason},
        )
