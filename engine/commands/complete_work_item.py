"""Finish a user task with one of the drawn outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.bpmn import encode_values
from engine.commands.asking import tell_asked
from engine.commands.choosing_next import choose_next, settle_choices
from engine.commands.completed import Completed, answer_of, describe, remarked, standing
from engine.commands.deciding import decision_refusal, signers_after, take_effect
from engine.commands.paperwork import document_changes, store_document
from engine.commands.parts import make_part, next_number, parts_of
from engine.commands.requests import digest_of, earlier_answer, keep_answer
from engine.commands.step import alone, close, read_step
from engine.commands.submission import check_submission
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.completed import Remark
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class CompleteWorkItem:
    """同意 / 退回 / 提交: what the diagram draws after the user task.

    Attributes:
        work_item_key: the work item.
        outcome: key of a drawn outcome, ``complete`` when none is drawn.
        answers: ``{form key: value as typed}``.
        opinion: 办理意见, 1 to 500 characters where the model asks for one.
        next_people: ``{user task: logins}``, chosen for the next steps; those of other outcomes do
            not count.
        variables: what a program hands to the output mappings beside the answers.
        idempotency_key: the same for a repeated request, at most 80 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished before; says who did it and when.
        WrongStateError: a part, delegated, or something must come first.
        ValidationFailedError: outcome, opinion, form or a record handler refused.
    """

    work_item_key: str
    outcome: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""
    next_people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    idempotency_key: str = ""

    def execute(self, services: Services) -> Completed:
        """Check, store, move on."""
        digest = digest_of(
            {"item": self.work_item_key, "outcome": self.outcome, "answers": self.answers}
        )
        command = type(self).__name__
        earlier = earlier_answer(services, self.idempotency_key, command, digest)
        if earlier is not None:
            return Completed.from_answer(earlier)
        step = read_step(services, self.work_item_key)
        step.require_actor()
        completed = complete(step, self, services)
        keep_answer(services, self.idempotency_key, command, digest, answer_of(completed))
        return completed


def complete(step: Step, given: CompleteWorkItem, services: Services) -> Completed:
    """Check what was decided at a task that the actor may do, and let it take effect."""
    parts = parts_of(step.item, services)
    refusal = decision_refusal(step, parts, services)
    if refusal is not None:
        raise refusal
    handed_in = check_submission(step, services, given)
    waits = bool(signers_after(parts)) and not handed_in.returns
    choose_next(step, handed_in.outcome, given.next_people, services, later=waits)
    follow = hold if waits else finish
    return follow(step, handed_in, parts, services)


def finish(
    step: Step, handed_in: Submission, parts: Sequence[WorkItem], services: Services
) -> Completed:
    """Close the work item and run the matter to rest."""
    changes = document_changes(step, handed_in)
    store_document(step, handed_in, services)
    recorded = handed_in.recorded
    close(step, recorded.key, recorded.label, handed_in.opinion, services)
    services.store.parts.end([part for part in parts if part.is_live], services.now)
    variables = decided_variables(step, handed_in)
    batch, correction = take_effect(alone(step), handed_in, variables, services)
    remarks = (*correction.remarks, *settle_choices(step, services))
    note_decision("work_item_completed", step, handed_in, changes, services, remarks)
    return describe(step.tree, batch, services, remarks)


def hold(
    step: Step, handed_in: Submission, parts: Sequence[WorkItem], services: Services
) -> Completed:
    """Keep a decision until the added signers have agreed; now it is their turn."""
    signers = signers_after(parts)
    changes = document_changes(step, handed_in)
    store_document(step, handed_in, services)
    close(
        step,
        handed_in.outcome.key,
        handed_in.outcome.label,
        handed_in.opinion,
        services,
        later=encode_values(decided_variables(step, handed_in)),
    )
    step.tree.choices.keep()
    root = step.tree.root.row
    services.store.parts.give(signers, root, services.now)
    tell_asked(signers, services)
    services.store.work_items.add([pending_decision(step, handed_in, parts, services)], root)
    note_decision("work_item_decided", step, handed_in, changes, services)
    return standing(step.tree)


def pending_decision(
    step: Step, handed_in: Submission, parts: Sequence[WorkItem], services: Services
) -> WorkItem:
    """Return the part that stands for a decision as long as it waits: who decided has done it."""
    return make_part(
        step,
        WorkItemKind.DECISION,
        next_number(parts),
        services.actor.login,
        state=WorkItemState.COMPLETED,
        sender=step.item.sender,
        outcome=handed_in.outcome.key,
        outcome_label=handed_in.outcome.label,
        opinion=handed_in.opinion,
        created_at=services.now,
        ended_at=services.now,
        ended_by=services.actor.login,
        ended_role=step.verdict.role,
        on_behalf_of=step.verdict.on_behalf_of,
    )


def note_decision(
    action: str,
    step: Step,
    handed_in: Submission,
    changes: Mapping[str, Any],
    services: Services,
    remarks: Sequence[Remark] = (),
) -> None:
    """Write the audit line of a decision."""
    services.note(
        action,
        root_key=step.root_key,
        role=step.verdict.role,
        element_name=step.item.name,
        detail={
            "outcome": handed_in.recorded.label or handed_in.recorded.key,
            "opinion": handed_in.opinion,
            "remark": remarked(remarks),
        },
        changes=changes,
    )


def decided_variables(step: Step, handed_in: Submission) -> dict[str, Any]:
    """Return what the user task's output mappings may read.

    Without output mappings nothing of the answers enters the variables, and a return reads no
    answers; what a program gives as ``variables`` always does.
    """
    values = dict(handed_in.checked.values) if handed_in.checked and step.element.outputs else {}
    return {**values, **handed_in.variables, "outcome": handed_in.outcome.key}
