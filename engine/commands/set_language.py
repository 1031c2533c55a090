"""Choose the language of the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import field_error

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class SetLanguage:
    """语言: ``zh`` or ``en``, kept with the account.

    Raises:
        ValidationFailedError: another language.
    """

    language: str

    def execute(self, services: Services) -> None:
        """Store the choice."""
        if self.language not in ("zh", "en"):
            raise field_error(
                "language", "ERR_ENUM", "请选择中文或英文。", "Choose Chinese or English."
            )
        services.store.identity.change_participant(services.account.login, language=self.language)
