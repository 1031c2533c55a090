"""What 征求意见 and 加签 share: who may ask, whom, and the parts that are made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.commands.authority import refusal_of
from engine.commands.choosing import Chooser
from engine.commands.duties import Bar
from engine.commands.handing_on import is_offered
from engine.commands.parts import make_part, next_number, parts_of
from engine.commands.step import claim_first
from engine.errors import WrongStateError
from engine.model.notices import NoticeEvent
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.participants import Participant
    from engine.model.work import WorkItem

_SIGNS: Final = (WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER)
_KINDS: Final = {"consult": (WorkItemKind.CONSULT,), "sign": _SIGNS}
_NAMES: Final = {"consult": ("征求意见", "consultation"), "sign": ("加签", "added signatures")}


def asking_refusal(step: Step, purpose: str) -> WorkflowError | None:
    """Return why the actor cannot ask others at this task, ``None`` if he can.

    Args:
        step: the task in its matter.
        purpose: ``consult`` or ``sign``.
    """
    zh, en = _NAMES[purpose]
    if not step.verdict.allowed:
        return refusal_of(step.verdict)
    if not step.item.is_task or not is_offered(step, purpose):
        return WrongStateError(f"此环节不允许{zh}。", f"This step allows no {en}.")
    if not step.tree.root.row.submitted and step.element.properties.get("submit") == "true":
        return WrongStateError(
            f"事项尚未提交，不能{zh}；请先提交。",
            f"The matter is still a draft: no {en} before it is submitted.",
        )
    if purpose == "sign" and step.item.owner is not None:
        return WrongStateError(
            "此任务是他人委派给您的，不能加签；请填写意见后交回。",
            "This task was delegated to you: add no signatures, hand it back with your opinion.",
        )
    return None


def taken_by(parts: Sequence[WorkItem], purpose: str) -> Mapping[str, Bar]:
    """Return ``{login: why}`` of people who are asked for the same already."""
    asked = Bar(
        "已请此人答复，对方尚未答复，不必重复。",
        "This person has been asked already and has not answered yet.",
    )
    kinds = _KINDS[purpose]
    return {part.assignee or "": asked for part in parts if part.kind in kinds and part.is_live}


def chooser_of(step: Step, purpose: str, parts: Sequence[WorkItem], services: Services) -> Chooser:
    """Return who may be asked."""
    return Chooser(step, purpose, services, taken=taken_by(parts, purpose))


def ask(
    step: Step,
    kind: WorkItemKind,
    logins: Sequence[str],
    request: str,
    services: Services,
) -> list[Participant]:
    """Claim the task if nobody has it, and give every person a part.

    Raises:
        ValidationFailedError: somebody who may not be asked.
        TaskGoneError: somebody else was faster.
    """
    purpose = "consult" if kind is WorkItemKind.CONSULT else "sign"
    parts = parts_of(step.item, services)
    people = chooser_of(step, purpose, parts, services).require(logins, "people")
    claim_first(step, services)
    state = WorkItemState.WAITING if kind is WorkItemKind.SIGN_AFTER else WorkItemState.CLAIMED
    number = next_number(parts)
    made = [
        make_part(
            step,
            kind,
            number + place,
            person.login,
            state=state,
            sender=services.actor.login,
            request=request,
            created_at=services.now,
        )
        for place, person in enumerate(people)
    ]
    services.store.work_items.add(made, step.tree.root.row)
    if state is WorkItemState.CLAIMED:
        tell_asked(made, services)
    return people


def tell_asked(parts: Sequence[WorkItem], services: Services) -> None:
    """Tell people that their answer or signature is awaited now."""
    for part in parts:
        services.tell(
            NoticeEvent.CONSULTED,
            [part.assignee or ""],
            root_key=part.root_key,
            work_item_key=part.key,
            step=part.name,
            person=services.actor.login,
        )


def part_step(step: Step, task: WorkItem) -> Step:
    """Return the step of the task that ``step`` is a part of; they share token and element."""
    return replace(step, item=task)
