"""Look at what only this person may see now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.exhibits import exhibit_of
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.exhibit import Exhibit


@dataclass(frozen=True, kw_only=True)
class OpenExhibit:
    """查看密封内容: the look of a person who may see it is a line in the audit trail.

    Raises:
        NotFoundError: no such matter, or it has nothing to show.
        NotAllowedError: not entitled to read the matter.
    """

    instance_key: str

    def execute(self, services: Services) -> Exhibit:
        """Return it and note who looked."""
        found = exhibit_of(self.instance_key, services)
        if found is None:
            raise NotFoundError("内容", "exhibit", self.instance_key)
        if found.sealed:
            services.note(
                "exhibit_opened", root_key=services.root_key, detail={"name": found.title.zh}
            )
        return found
