"""What stopped and waits for an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import NotAllowedError
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.store.incidents import IncidentRow


@dataclass(frozen=True, kw_only=True)
class OpenIncidents:
    """Unresolved incidents, newest first, at most 200.

    Raises:
        NotAllowedError: not an administrator.
    """

    def answer(self, services: Services) -> Sequence[IncidentRow]:
        """List them."""
        if not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError
        return services.store.incidents.open()
