"""Give a claimed work item back to its candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import move_or_refuse, read_step
from engine.errors import WrongStateError
from engine.model.states import AssignedBy, WorkItemState

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.commands.step import Step


@dataclass(frozen=True, kw_only=True)
class ReleaseWorkItem:
    """释放: every candidate sees it again.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not a candidate.
        WrongStateError: not claimed by this person, or nobody else could take it.
        TaskGoneError: finished.
    """

    work_item_key: str

    def execute(self, services: Services) -> None:
        """Release."""
        step = read_step(services, self.work_item_key)
        item = step.item
        if item.assignee != services.actor.login:
            raise WrongStateError(
                "只有认领人可以释放此任务。",
                "Only the person who claimed this task can release it.",
            )
        refusal = release_refusal(step)
        if refusal is not None:
            raise refusal
        move_or_refuse(
            services,
            item,
            WorkItemState.OFFERED,
            assignee=None,
            on_behalf_of=None,
            request="",
            assigned_by=AssignedBy.RULE,
        )
        services.note(
            "work_item_released",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=item.name,
        )


def release_refusal(step: Step) -> WrongStateError | None:
    """Return why whoever has the task cannot give it back, ``None`` if that is possible."""
    item = step.item
    if item.owner is not None:
        return WrongStateError(
            "此任务是他人委派给您的，请填写意见后交回，不能释放。",
            "This task was delegated to you; hand it back with your opinion.",
        )
    if step.element.properties.get("assignee") == "initiator" or not item.candidates:
        return WrongStateError(
            "此任务只能由您办理，不能释放。",
            "Only you can do this task; it cannot be released.",
        )
    return None
