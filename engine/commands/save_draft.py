"""Keep what a person has typed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.step import read_step
from engine.store.work_items import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class SaveDraft:
    """暂存: incomplete and unreadable input is kept as typed; nothing is checked.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
    """

    work_item_key: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""

    def execute(self, services: Services) -> None:
        """Store the draft."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        services.store.work_items.put_draft(
            step.item.key,
            services.actor.login,
            Draft(answers=dict(self.answers), opinion=self.opinion, saved_at=services.now),
        )
        services.note(
            "draft_saved",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
        )
