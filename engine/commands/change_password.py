"""Change one's own password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.commands.announcing import announce
from engine.commands.password_rule import require_acceptable
from engine.commands.passwords import hash_password, password_matches
from engine.errors import field_error

if TYPE_CHECKING:
    from engine.commands.services import Services

#: Message of the models to whoever issued a temporary password: its owner has set a new one.
CHANGED: Final = "password_changed"


@dataclass(frozen=True, kw_only=True)
class ChangePassword:
    """修改密码: all sessions of the person end.

    Whoever came in with a password that must be changed has just shown it and is not asked again.

    Attributes:
        old: the present password, ignored where the change is forced.
        new: the new one.

    Raises:
        ValidationFailedError: the old one is wrong, or the rules refuse the new one.
    """

    old: str = field(repr=False)
    new: str = field(repr=False)

    def execute(self, services: Services) -> None:
        """Check both and store the new hash."""
        person = services.account
        access = services.store.public_access
        credentials = services.store.identity.credentials(person.login)
        stored = credentials[0] if credentials else ""
        if not person.must_change_password and not password_matches(stored, self.old):
            raise field_error("old", "ERR_PASSWORD", "原密码不正确。", "The old password is wrong.")
        temporary = access.temporary_password(person.login)
        earlier = [stored]
        if temporary is not None:
            earlier += [temporary.password_hash, temporary.previous_hash]
        require_acceptable(self.new, [text for text in earlier if text], person, services)
        services.store.identity.change_participant(
            person.login, password_hash=hash_password(self.new), must_change_password=False
        )
        access.withdraw(person.login)
        services.store.identity.close_sessions_of(person.login)
        services.note("password_changed")
        if temporary is not None and temporary.reference:
            announce(CHANGED, temporary.reference, services)
