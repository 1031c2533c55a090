"""What axe-core finds on a page, against WCAG 2.1 at levels A and AA."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
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
