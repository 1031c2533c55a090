"""Take back a question or an added signature that has not been answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.commands.completed import remarked, standing
from engine.commands.reasons import require_reason
from engine.commands.sign_work_item import settle
from engine.commands.step import move_together, read_step
from engine.commands.suspending import suspended_error
from engine.errors import ValidationFailedError, field_error
from engine.model.states import WorkItemKind, WorkItemState
from engine.model.work import Move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.completed import Completed
    from engine.commands.services import Services
    from engine.model.work import WorkItem

_KINDS: Final = frozenset({WorkItemKind.CONSULT, WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER})


@dataclass(frozen=True, kw_only=True)
class CancelParts:
    """减签 and 撤销征求意见: by who added them, or has the task after that person.

    When nobody has to sign any more, a decision that waited for them takes effect.

    Attributes:
        work_item_key: the task.
        parts: keys of the parts.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: none of the actor's business.
        MatterSuspendedError: the matter is suspended.
        TaskGoneError: finished.
        ValidationFailedError: no reason, nothing chosen, or a part that is not his to take back.
    """

    work_item_key: str
    parts: Sequence[str]
    reason: str

    def execute(self, services: Services) -> Completed:
        """Cancel them."""
        step = read_step(services, self.work_item_key)
        if step.tree.root.row.suspended_at is not None:
            raise suspended_error()
        parts, names = services.store.parts.named(step.item)
        chosen = self._chosen(removable(step.item, parts, services.actor.login))
        reason = require_reason(self.reason)
        ended = {"ended_at": services.now, "opinion": reason}
        gone = [Move(part, WorkItemState.CANCELLED, ended) for part in chosen]
        completed = standing(step.tree)
        if step.item.state is WorkItemState.WAITING:
            keys = {part.key for part in chosen}
            left = [
                replace(part, state=WorkItemState.CANCELLED) if part.key in keys else part
                for part in parts
            ]
            completed = settle(step, left, services, *gone)
        else:
            move_together(services, gone)
        services.note(
            "parts_cancelled",
            root_key=step.root_key,
            element_name=step.item.name,
            detail={
                "people": [names[part.assignee or ""] for part in chosen],
                "reason": reason,
                "remark": remarked(completed.remarks),
            },
        )
        return completed

    def _chosen(self, legal: Sequence[WorkItem]) -> list[WorkItem]:
        wanted = {key.strip() for key in self.parts if key.strip()}
        if not wanted:
            raise field_error("parts", "ERR_REQUIRED", "请选择要撤销的人员。", "Choose somebody.")
        chosen = [part for part in legal if str(part.key) in wanted]
        if len(chosen) != len(wanted):
            raise _not_his()
        return chosen


def removable(task: WorkItem, parts: Sequence[WorkItem], login: str) -> list[WorkItem]:
    """Return the unanswered parts that a person may take back.

    Whoever has the task (or has decided it) answers for the parts of those who passed it on.
    """
    holder = task.assignee
    return [
        part
        for part in parts
        if part.kind in _KINDS
        and part.is_live
        and (part.sender == login or (holder == login and part.sender != holder))
    ]


def _not_his() -> ValidationFailedError:
    return field_error(
        "parts",
        "ERR_ENUM",
        "所选人员已答复，或不是您请的，不能撤销；请刷新页面后重新选择。",
        "Somebody has answered meanwhile, or was asked by another person; reload and choose again.",
    )
