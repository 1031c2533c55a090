"""A delegated task comes back to its owner: handed back, or taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.handing_on import give
from engine.commands.parts import parts_of
from engine.commands.reasons import require_opinion, require_reason
from engine.commands.replacing import Held, place_anew
from engine.commands.step import move_or_refuse, read_step, signature_of
from engine.errors import NotAllowedError, WrongStateError
from engine.model.states import AssignedBy, WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class HandBackWorkItem:
    """交回: the delegate's opinion, and what was filled in, go to the owner, who decides.

    Attributes:
        work_item_key: the delegated task.
        opinion: 1 to 500 characters.
        answers: the form as typed.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished, or somebody else was faster.
        WrongStateError: not delegated.
        ValidationFailedError: no opinion.
    """

    work_item_key: str
    opinion: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Close the delegation and give the task to its owner."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        owner = step.item.owner
        if owner is None:
            raise WrongStateError(
                "此任务不是委派给您的，无需交回；请直接办理。",
                "This task was not delegated to you; just do it.",
            )
        opinion = require_opinion(self.opinion)
        person = services.store.people.named([owner])[0]
        move_or_refuse(
            services,
            delegation_of(step.item, services),
            WorkItemState.COMPLETED,
            opinion=opinion,
            signature=signature_of(opinion, services),
            ended_at=services.now,
            ended_by=services.actor.login,
            ended_role=step.verdict.role,
            on_behalf_of=step.verdict.on_behalf_of,
        )
        back = {"owner": None, "request": "", "assigned_by": AssignedBy.HANDED_BACK}
        give(step, person, self.answers, services, **back)
        if not person.active:
            place_anew(Held.read(step.item, services), "委派人账号已停用", services)
        services.note(
            "work_item_handed_back",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"person": person.name, "opinion": opinion},
        )


@dataclass(frozen=True, kw_only=True)
class TakeBackWorkItem:
    """收回委派: the owner goes on himself before the delegate has handed back.

    Attributes:
        work_item_key: the delegated task.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not the owner.
        TaskGoneError: finished, or handed back in the meantime.
        WrongStateError: not delegated.
        ValidationFailedError: no reason.
    """

    work_item_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Cancel the delegation and give the task to its owner."""
        step = read_step(services, self.work_item_key)
        refusal = taking_back_refusal(step, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        delegation = delegation_of(step.item, services)
        move_or_refuse(
            services, delegation, WorkItemState.CANCELLED, opinion=reason, ended_at=services.now
        )
        delegate = delegation.assignee or ""
        move_or_refuse(
            services,
            step.item,
            WorkItemState.CLAIMED,
            assignee=services.actor.login,
            owner=None,
            request="",
        )
        if step.item.has_draft:
            services.store.work_items.pass_draft(step.item.key, delegate, services.actor.login)
        services.note(
            "work_item_taken_back",
            root_key=step.root_key,
            element_name=step.item.name,
            detail={"reason": reason},
        )


def taking_back_refusal(step: Step, services: Services) -> NotAllowedError | WrongStateError | None:
    """Return why the actor cannot take a delegated task back, ``None`` if he can."""
    if step.item.owner is None:
        return WrongStateError(
            "此任务没有委派给他人，或对方已经交回，无需收回。",
            "This task is not delegated, or has come back already.",
        )
    if step.item.owner != services.actor.login:
        return NotAllowedError(
            "只有委派人可以收回委派。", "Only the person who delegated the task can take it back."
        )
    return None


def delegation_of(task: WorkItem, services: Services) -> WorkItem:
    """Return the part that remembers the delegation of a task which has an owner."""
    return next(
        part
        for part in reversed(parts_of(task, services))
        if part.kind is WorkItemKind.DELEGATE and part.state is WorkItemState.WAITING
    )
