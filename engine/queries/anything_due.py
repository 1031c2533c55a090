"""Is there anything for a worker to do?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.store.due_work import is_anything_due

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class AnythingDue:
    """Whether anything that workers do waits for one now."""

    def answer(self, services: Services) -> bool:
        """Look, without taking anything."""
        return is_anything_due(services.store.session, services.now)
