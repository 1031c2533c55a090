"""Let somebody else do a task that comes back for the decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.choosing import Chooser
from engine.commands.handing_on import give, handing_on_refusal
from engine.commands.parts import make_part, next_number, parts_of
from engine.commands.reasons import require_request
from engine.commands.step import read_step
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class DelegateWorkItem:
    """委派: the other person fills in and gives an opinion; the owner decides when it is back.

    Attributes:
        work_item_key: the task.
        to: login of the person who gets it; property ``delegate.people`` says who may.
        reason: what is asked of that person, 1 to 500 characters.
        answers: the form as typed.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished, or somebody else was faster.
        WrongStateError: delegated already, the initiator's own, or the step forbids it.
        ValidationFailedError: no reason, or a person who may not get it.
    """

    work_item_key: str
    to: str
    reason: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Give it away and remember whose it is."""
        step = read_step(services, self.work_item_key)
        refusal = handing_on_refusal(step, "delegate")
        if refusal is not None:
            raise refusal
        reason = require_request(self.reason, "reason")
        (person,) = Chooser(step, "delegate", services).require([self.to], "person")
        part = make_part(
            step,
            WorkItemKind.DELEGATE,
            next_number(parts_of(step.item, services)),
            person.login,
            state=WorkItemState.WAITING,
            sender=services.actor.login,
            request=reason,
            created_at=services.now,
        )
        owner = step.verdict.on_behalf_of or services.actor.login
        give(step, person, self.answers, services, owner=owner, request=reason)
        services.store.work_items.add([part], step.tree.root.row)
        services.note(
            "work_item_delegated",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"person": person.name, "reason": reason},
        )
