"""What axe-core finds on a page, against WCAG 2.1 at levels A and AA, and what sticks out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT

from tests.support.browser import NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

_EVERYTHING: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
#: Rules of those levels that look at colours; a theme changes nothing else.
_COLOURS: Final = ("color-contrast", "link-in-text-block")


def faults(page: Page, *, colours_only: bool = False) -> list[str]:
    """Return every rule that the page breaks, with the places where it does.

    Args:
        page: looked at as it is now.
        colours_only: look at what another theme of the same page can break.
    """
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    # Only violations come back; what is in order would be megabytes.
    options = {"runOnly": _COLOURS if colours_only else _EVERYTHING, "resultTypes": ["violations"]}
    run = f"axe.run({json.dumps(options)}).then(results => results.violations)"
    violations: list[dict[str, Any]] = page.evaluate(run)
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
        page.emulate_media(color_scheme="light")
        found += [f"{name}, light: {fault}" for fault in faults(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{name}, dark: {fault}" for fault in faults(page, colours_only=True)]
        for width, height in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{name} is {by} px wider than {width}" for by in overflow(page)]
    return seen, found


def overflow(page: Page) -> list[int]:
    """Return by how many pixels a page is wider than its window, if it is."""
    by = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [by] if by > 0 else []
