"""Keep what a person chooses for himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import field_error
from engine.model.preferences import PAGE_SIZES

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ChoosePreferences:
    """个人设置: ``None`` leaves a choice as it is.

    Attributes:
        page_size: rows of a list's page.
        open_next: open the next work item after a completion.

    Raises:
        ValidationFailedError: a page size that is not offered.
    """

    page_size: int | None = None
    open_next: bool | None = None

    def execute(self, services: Services) -> None:
        """Store the choices."""
        if self.page_size is not None and self.page_size not in PAGE_SIZES:
            offered = "、".join(str(size) for size in PAGE_SIZES)
            raise field_error(
                "page_size",
                "ERR_ENUM",
                f"每页行数请选择 {offered} 之一。",
                f"Choose one of these page sizes: {', '.join(str(size) for size in PAGE_SIZES)}.",
            )
        given: dict[str, Any] = {"page_size": self.page_size, "open_next": self.open_next}
        chosen = {name: value for name, value in given.items() if value is not None}
        services.store.personal.choose(services.person.login, chosen)
