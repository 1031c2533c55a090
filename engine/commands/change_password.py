"""Change one's own password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.commands.passwords import hash_password, password_matches, weakness
from engine.errors import field_error

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ChangePassword:
    """修改密码: all sessions of the person end.

    Raises:
        ValidationFailedError: the old one is wrong or the new one too weak.
    """

    old: str = field(repr=False)
    new: str = field(repr=False)

    def execute(self, services: Services) -> None:
        """Check both and store the new hash."""
        login = services.person.login
        credentials = services.store.identity.credentials(login)
        if credentials is None or not password_matches(credentials[0], self.old):
            raise field_error("old", "ERR_PASSWORD", "原密码不正确。", "The old password is wrong.")
        weak = weakness(self.new, services.settings.password)
        if weak is not None:
            raise field_error("new", "ERR_PASSWORD_WEAK", *weak)
        services.store.identity.change_participant(login, password_hash=hash_password(self.new))
        services.store.identity.close_sessions_of(login)
        services.note("password_changed")
