"""What 转办 and 委派 share: when a task can be given to somebody else, and what goes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.commands.authority import refusal_of
from engine.commands.step import move_or_refuse
from engine.errors import WrongStateError
from engine.model.choosing import PURPOSES, Pool
from engine.model.states import WorkItemState
from engine.store.work_items import Draft

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.participants import Participant

#: What the verbs are called in refusals.
_NAMES = {"transfer": ("转办", "transferred"), "delegate": ("委派", "delegated")}

_NOT_AT_VOTES = ("transfer", "delegate", "sign")


def handing_on_refusal(step: Step, verb: str) -> WorkflowError | None:
    """Return why the actor cannot give the task to somebody else, ``None`` if he can.

    Args:
        step: the task in its matter.
        verb: ``transfer`` or ``delegate``.
    """
    zh, en = _NAMES[verb]
    if not step.verdict.allowed:
        return refusal_of(step.verdict)
    if not step.item.is_task or not is_offered(step, verb):
        return WrongStateError(f"此环节不允许{zh}。", f"This step cannot be {en}.")
    if step.item.owner is not None:
        return WrongStateError(
            f"此任务是他人委派给您的，不能再{zh}；请填写意见后交回。",
            f"This task was delegated to you and cannot be {en}; hand it back with your opinion.",
        )
    if step.element.properties.get("assignee") == "initiator":
        return WrongStateError(
            f"此环节由发起人本人办理，不能{zh}。",
            f"This step is the initiator's own and cannot be {en}.",
        )
    return None


def is_offered(step: Step, purpose: str) -> bool:
    """Tell whether the step's policy offers a verb that chooses people.

    A vote is its voter's own: it is neither given away nor signed by others.
    """
    if step.element.vote is not None and purpose in _NOT_AT_VOTES:
        return False
    return Pool.NOBODY not in PURPOSES[purpose].pools(step.element.properties)


def give(
    step: Step, person: Participant, answers: Mapping[str, Any], services: Services, **values: Any
) -> None:
    """Put the task on somebody's list, with what was filled in so far.

    Args:
        step: the task in its matter.
        person: who goes on with it.
        answers: the form as typed, ``{}`` without one; a saved draft is passed on otherwise.
        services: the command's.
        values: further columns of the work item.

    Raises:
        TaskGoneError: somebody else was faster.
    """
    move_or_refuse(
        services,
        step.item,
        WorkItemState.CLAIMED,
        assignee=person.login,
        on_behalf_of=None,
        sender=services.actor.login,
        opened_at=None,
        **values,
    )
    items = services.store.work_items
    if not _is_blank(answers):
        items.put_draft(
            step.item.key,
            person.login,
            Draft(answers=dict(answers), opinion="", saved_at=services.now),
        )
    elif step.item.has_draft:
        items.pass_draft(step.item.key, services.actor.login, person.login)


def _is_blank(value: Any) -> bool:
    """Tell whether nothing was filled in, however deep the form is."""
    if isinstance(value, Mapping):
        return all(_is_blank(one) for one in value.values())
    if isinstance(value, (list, tuple)):
        return all(_is_blank(one) for one in value)
    return value in (None, "")
