"""Take an offered work item for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import move_or_refuse, read_step
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ClaimWorkItem:
    """认领: from now on it is on this person's list only; claiming one's own is no error.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not a candidate, or separation of duties.
        TaskGoneError: finished, or somebody else was faster.
    """

    work_item_key: str

    def execute(self, services: Services) -> None:
        """Claim."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        if step.item.assignee == services.actor.login:
            return
        move_or_refuse(
            services,
            step.item,
            WorkItemState.CLAIMED,
            assignee=services.actor.login,
            opened_at=step.item.opened_at or services.now,
        )
        services.note(
            "work_item_claimed",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
        )
