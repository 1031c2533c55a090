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
        item, principal = step.item, step.verdict.on_behalf_of
        # A substitute needs no claim on what the principal has.
        if item.assignee == services.actor.login or (principal and item.holder == principal):
            return
        move_or_refuse(
            services,
            item,
            WorkItemState.CLAIMED,
            assignee=services.actor.login,
            on_behalf_of=principal,
            opened_at=item.opened_at or services.now,
        )
        services.note(
            "work_item_claimed",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=item.name,
        )
