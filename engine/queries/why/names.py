"""Names that the sentences need, looked up as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.queries.language import Translator


@dataclass
class Names:
    """Names of people, units, posts and steps in the reader's language."""

    services: Services
    words: Translator
    _people: dict[str, str] = field(default_factory=dict)

    def said(self, zh: str, en: str) -> str:
        """Return the sentence in the reader's language."""
        return en if self.english else zh

    @property
    def english(self) -> bool:
        """Whether the reader reads English."""
        return self.services.language == "en"

    def person(self, login: str | None) -> str:
        """Return a person's name; empty without a login."""
        if not login:
            return ""
        if login not in self._people:
            found = self.services.store.identity.people([login])
            self._people[login] = found.get(login, (login, "", True))[0]
        return self._people[login]

    def unit(self, code: str | None) -> str:
        """Return a unit's name; empty without a code."""
        if not code:
            return ""
        unit = self.services.store.identity.unit(code)
        return unit.name if unit else code

    def role(self, key: str) -> str:
        """Return the name of a post."""
        role = self.services.store.identity.roles().get(key)
        if role is None:
            return key
        return (role.name_en if self.english else "") or role.name
