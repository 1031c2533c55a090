"""A person opens the page of a work item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import read_step

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class OpenWorkItem:
    """已查看: not unread any more; the initiator can no longer withdraw (catalogue 0.4).

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not a candidate.
        TaskGoneError: finished.
    """

    work_item_key: str

    def execute(self, services: Services) -> None:
        """Remember this person's look, and the first look of somebody who may act."""
        step = read_step(services, self.work_item_key)
        services.store.personal.note_seen(services.actor.login, step.item.key, services.now)
        if step.item.opened_at is not None or not step.verdict.allowed:
            return
        services.store.work_items.note_opened(step.item.key, services.now)
        services.note(
            "work_item_opened",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
        )
