"""Take pictures of every page into build/shots: light and dark, wide and narrow.

Runs the real product on a database of its own, goes through what the accessibility tests go through
(a plan's life, then the desks of the demonstration), and leaves ``build/shots/task.png`` for the
README.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from tests.support.browser import NARROW, WIDE, Person, context_of, launch
from tests.support.databases import ROOT
from tests.support.demonstration import desks
from tests.support.furniture import furnished, told
from tests.support.pages import tour
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOTS: Final = ROOT / "build" / "shots"
THEMES: Final = ("light", "dark")
_OFFICE: Final = "office.db"


def main() -> int:
    """Take all pictures; returns 0."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = Path(folder) / "template"
        template.mkdir()
        furnished(f"sqlite:///{template / _OFFICE}")
        told(f"sqlite:///{template / _OFFICE}", template)
        browser = launch(playwright)
        for theme, size in product(THEMES, (WIDE, NARROW)):
            name = f"{theme}-{size[0]}"
            home = Path(folder) / name
            shutil.copytree(template, home)
            server = Server(f"sqlite:///{home / _OFFICE}", home)
            server.start()
            _take(browser, server, SHOTS / name, theme, size)
            server.stop()
        browser.close()
    shutil.copyfile(SHOTS / f"light-{WIDE[0]}" / "window-task.png", SHOTS / "task.png")
    print(f"{len(list(SHOTS.rglob('*.png')))} 张截图 / pictures: {SHOTS.relative_to(ROOT)}")
    return 0


def _take(
    browser: Browser, server: Server, folder: Path, theme: str, size: tuple[int, int]
) -> None:
    def enter(login: str) -> Person:
        context = context_of(browser, size, color_scheme=theme)
        person = Person(login, context.new_page(), server.address)
        person.log_in()
        return person

    for name, page in chain(tour(enter), desks(enter)):
        if name == "task":
            page.screenshot(path=folder / f"window-{name}.png")
        # A window as high as the page keeps what sticks to its bottom at the bottom.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size[0], "height": max(size[1], height)})
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": size[0], "height": size[1]})


if __name__ == "__main__":
    sys.exit(main())
