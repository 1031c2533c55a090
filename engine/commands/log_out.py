"""End a log-in session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.commands.log_in import token_hash

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class LogOut:
    """退出: the token is worthless at once; logging out twice is no error."""

    token: str = field(repr=False)

    def execute(self, services: Services) -> None:
        """Forget the session."""
        services.store.identity.close_session(token_hash(self.token))
        services.note("logged_out")
