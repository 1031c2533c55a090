"""What axe-core finds on a page, against WCAG 2.1 at levels A and AA."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
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
