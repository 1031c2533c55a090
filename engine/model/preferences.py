"""What a person chooses for himself, with the choices there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Rows of a list's page.
PAGE_SIZES: Final = (10, 20, 50, 100)
#: Marks of saved filters; the pages give each its colour in light and dark.
COLOURS: Final = ("blue", "green", "amber", "red", "violet", "grey")


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """Choices of one person; the defaults are those of somebody who never chose.

    Attributes:
        page_size: rows of a list's page, one of ``PAGE_SIZES``.
        open_next: after a completion the next work item of the list opens by itself.
    """

    page_size: int = 20
    open_next: bool = True
