"""Whether a task can be decided now, and how a decision takes effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.commands.copying import copy_decision
from engine.commands.correcting import correction_of
from engine.commands.moving_on import move_on
from engine.errors import WrongStateError
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.commands.correcting import Correction
    from engine.commands.resting import RowBatch
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission
    from engine.model.work import WorkItem


def decision_refusal(
    step: Step, parts: Sequence[WorkItem], services: Services
) -> WrongStateError | None:
    """Return why whoever has the task cannot decide it, ``None`` if he can.

    Args:
        step: the work item in its matter.
        parts: of the task.
        services: the command's or query's.
    """
    if not step.item.is_task:
        return WrongStateError(
            "这是他人请您答复的事项，请填写意见后答复。",
            "Somebody asks for your answer here; write your opinion and answer.",
        )
    if step.item.owner is not None:
        return WrongStateError(
            "此任务是他人委派给您的，请填写意见后交回，由委派人作出决定。",
            "This task was delegated to you; hand it back with your opinion, the owner decides.",
        )
    return (
        _unsigned(parts, services)
        or _uncorrected(parts, services)
        or _silent(step, parts, services)
    )


def _unsigned(parts: Sequence[WorkItem], services: Services) -> WrongStateError | None:
    names = _unanswered(parts, WorkItemKind.SIGN_BEFORE, services)
    if not names:
        return None
    return WrongStateError(
        f"前加签尚未完成（{'、'.join(names)}），签署后才能办理；如不再需要，可以减签。",
        f"Added signatures must be given first ({', '.join(names)});"
        " remove them if they are not needed any more.",
    )


def _uncorrected(parts: Sequence[WorkItem], services: Services) -> WrongStateError | None:
    if not open_outside(parts, services.now):
        return None
    return WrongStateError(
        "已退回外部单位补正，对方答复或逾期后才能办理；如不再等待，可以撤回外部退回。",
        "It was returned to somebody outside; decide after the answer or the deadline, or"
        " recall it.",
    )


def _silent(step: Step, parts: Sequence[WorkItem], services: Services) -> WrongStateError | None:
    if step.element.properties.get("consult.required") != "true":
        return None
    names = _unanswered(parts, WorkItemKind.CONSULT, services)
    if not names:
        return None
    return WrongStateError(
        f"征求意见尚未全部答复（{'、'.join(names)}），答复后才能办理；如不再需要，可以撤销。",
        f"Not everybody has answered yet ({', '.join(names)});"
        " withdraw the question if the answer is not needed any more.",
    )


def open_outside(parts: Sequence[WorkItem], now: datetime) -> list[WorkItem]:
    """Return the parts that wait for somebody outside whose time is not over."""
    return [
        part
        for part in parts
        if part.kind is WorkItemKind.OUTSIDE
        and part.is_live
        and (part.due_at is None or now < part.due_at)
    ]


def _unanswered(parts: Sequence[WorkItem], kind: WorkItemKind, services: Services) -> list[str]:
    logins = [part.assignee or "" for part in parts if part.kind is kind and part.is_open]
    if not logins:
        return []
    people = services.store.identity.people(logins)
    return [people.get(login, (login, "", True))[0] for login in logins]


def signers_after(parts: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the parts that must agree before a decision takes effect."""
    return [part for part in parts if part.kind is WorkItemKind.SIGN_AFTER and part.is_live]


def take_effect(
    step: Step, handed_in: Submission, variables: Mapping[str, Any], services: Services
) -> tuple[RowBatch, Correction]:
    """Complete the token of a task whose row has ended, and run the matter to rest.

    Args:
        step: the task.
        handed_in: what was decided.
        variables: for the output mappings.
        services: the command's.
    """
    if step.element.properties.get("submit") == "true" and not handed_in.returns:
        step.tree.root.change(submitted=True)
    correction = correction_of(step, handed_in, variables, services)
    batch = move_on(step, variables, correction, services, returns=handed_in.returns)
    if not handed_in.returns:
        told = copy_decision(step, services)
        correction = replace(correction, remarks=(*correction.remarks, *told))
    return batch, correction
