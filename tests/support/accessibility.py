"""What axe-core finds on a page, against WCAG 2.1 at levels A and AA, and what sticks out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT

from tests.support.browser import NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

#: Only violations come back; what is in order would be megabytes.
_OPTIONS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
_RUN: Final = f"axe.run({json.dumps(_OPTIONS)}).then(results => results.violations)"


def faults(page: Page) -> list[str]:
    """Return every rule that the page breaks, with the places where it does."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    violations: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{rule['id']}: {[node['html'][:150] for node in rule['nodes']]}" for rule in violations
    ]


def looked_over(pages: Iterable[tuple[str, Page]]) -> tuple[int, list[str]]:
    """Look at pages in both themes, at a desk and on a telephone.

    Args:
        pages: each with its name, at the width of a desk.

    Returns:
        How many there were, and what is wrong with which.
    """
    found = []
    seen = 0
    for name, page in pages:
        seen += 1
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found += [f"{name}, {theme}: {fault}" for fault in faults(page)]
        for width, height in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{name} is {by} px wider than {width}" for by in overflow(page)]
    return seen, found


def overflow(page: Page) -> list[int]:
    """Return by how many pixels a page is wider than its window, if it is."""
    by = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [by] if by > 0 else []
