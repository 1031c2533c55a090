"""Finish a user task with one of the drawn outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.completed import Completed, answer_of, describe
from engine.commands.correcting import correction_of
from engine.commands.deciding import decision_refusal
from engine.commands.moving_on import move_on
from engine.commands.paperwork import document_changes, store_document
from engine.commands.parts import parts_of
from engine.commands.requests import digest_of, earlier_answer, keep_answer
from engine.commands.step import close, read_step
from engine.commands.submission import check_submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission


@dataclass(frozen=True, kw_only=True)
class CompleteWorkItem:
    """同意 / 退回 / 提交: what the diagram draws after the user task.

    Attributes:
        work_item_key: the work item.
        outcome: key of a drawn outcome, ``complete`` when none is drawn.
        answers: ``{form key: value as typed}``.
        opinion: 办理意见, 1 to 500 characters where the model asks for one.
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
        refusal = decision_refusal(step, parts_of(step.item, services), services)
        if refusal is not None:
            raise refusal
        handed_in = check_submission(step, services, self)
        completed = finish(step, handed_in, services)
        keep_answer(services, self.idempotency_key, command, digest, answer_of(completed))
        return completed


def finish(step: Step, handed_in: Submission, services: Services) -> Completed:
    """Close the work item and run the matter to rest."""
    item = step.item
    changes = document_changes(step, handed_in)
    store_document(step, handed_in, services)
    close(step, handed_in.outcome.key, handed_in.outcome.label, handed_in.opinion, services)
    if step.element.properties.get("submit") == "true" and not handed_in.returns:
        step.tree.root.change(submitted=True)
    variables = _variables(step, handed_in)
    correction = correction_of(step, handed_in, variables, services)
    batch = move_on(step, variables, correction, services, returns=handed_in.returns)
    services.note(
        "work_item_completed",
        root_key=step.root_key,
        role=step.verdict.role,
        element_name=item.name,
        detail={
            "outcome": handed_in.outcome.label or handed_in.outcome.key,
            "opinion": handed_in.opinion,
            "remark": "".join(one.message_zh for one in correction.remarks),
        },
        changes=changes,
    )
    return describe(step.tree, batch, services, correction.remarks)


def _variables(step: Step, handed_in: Submission) -> dict[str, Any]:
    """Return what the user task's output mappings may read.

    Without output mappings nothing of the answers enters the variables, and a return reads no
    answers; what a program gives as ``variables`` always does.
    """
    values = dict(handed_in.checked.values) if handed_in.checked and step.element.outputs else {}
    return {**values, **handed_in.variables, "outcome": handed_in.outcome.key}
