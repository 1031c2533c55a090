"""Whether a task can be decided now: it is no part, not delegated, and nothing must come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.commands.step import Step
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
    return None
