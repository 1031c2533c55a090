"""What lies on the desks of the demonstration: open steps with their forms, projects, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.support.browser import Person

#: Somebody of every kind that has a desk: purchaser, superior, offices, regulator, outsiders.
PEOPLE: Final = (
    *("pdzx_jb", "pdzx_sh", "pd_zg", "pd_ywcs", "pd_ywfh", "pdjg_cs", "pdjg_fh"),
    *("ag11", "ag01", "su01"),
)


def desks(enter: Callable[[str], Person]) -> Iterator[tuple[str, Page]]:
    """Give every page that somebody of the demonstration has something to do or to read on.

    Args:
        enter: opens a window for a login and logs in.
    """
    seen: set[str] = set()
    for login in PEOPLE:
        person = enter(login)
        page = person.page
        yield f"{login}-todo", page
        for number, address in enumerate(_links(page, "a.row-title"), start=1):
            page.goto(f"{person.address}{address}")
            yield f"{login}-task-{number}", page
        for address in _links(page, "nav a[href^='/dossiers/']"):
            yield from _dossier(person, address, seen)
        page.context.close()


def _dossier(person: Person, address: str, seen: set[str]) -> Iterator[tuple[str, Page]]:
    """Give a list, and of its lines those that nobody has opened yet: all see the same there."""
    page, name = person.page, address.removeprefix("/dossiers/")
    page.goto(f"{person.address}{address}")
    yield f"{person.login}-{name}", page
    for line in _links(page, "a.row-title"):
        if line not in seen:
            seen.add(line)
            page.goto(f"{person.address}{line}")
            yield f"{name}-{len(seen)}", page


def _links(page: Page, which: str) -> list[str]:
    found = page.locator(which).evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(found))
