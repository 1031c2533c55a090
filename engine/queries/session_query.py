"""Whose log-in session a token opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.commands.log_in import token_hash

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.participants import Participant


@dataclass(frozen=True, kw_only=True)
class SessionQuery:
    """The participant of a live session, ``None`` when it lapsed or the account is disabled."""

    token: str = field(repr=False)

    def answer(self, services: Services) -> Participant | None:
        """Look it up."""
        login = services.store.identity.session_owner(token_hash(self.token), services.now)
        if login is None:
            return None
        person = services.store.identity.participant(login)
        return person if person is not None and person.active else None
