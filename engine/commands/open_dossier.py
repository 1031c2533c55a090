"""Look through what an office may see beside its own matters; every look is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dossier import DossierContext
from engine.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.dossier import Dossier, DossierLine, DossierPage


@dataclass(frozen=True, kw_only=True)
class ListDossier:
    """查看清单: the things of the reader's divisions, those with ``words`` in them.

    Raises:
        NotFoundError: no such dossier.
        NotAllowedError: none of its roles is held.
    """

    name: str
    words: str = ""

    def execute(self, services: Services) -> Sequence[DossierLine]:
        """Return its lines and note who looked."""
        dossier = _dossier(self.name, services)
        lines = dossier.lines(_context(dossier, services), self.words.strip()[:100])
        services.note("dossier_listed", detail={"name": dossier.title.zh})
        return lines


@dataclass(frozen=True, kw_only=True)
class OpenDossier:
    """查看一项: one thing of the reader's divisions.

    Raises:
        NotFoundError: no such dossier, or nothing of that key there.
        NotAllowedError: none of its roles is held.
    """

    name: str
    key: str

    def execute(self, services: Services) -> DossierPage:
        """Return its page and note who looked at what."""
        dossier = _dossier(self.name, services)
        page = dossier.page(_context(dossier, services), self.key)
        if page is None:
            raise NotFoundError(dossier.title.zh, dossier.title.en, self.key)
        detail = {"name": f"{dossier.title.zh}：{page.title}"}
        services.note("dossier_opened", detail=detail)
        return page


def readable(services: Services) -> list[Dossier]:
    """Return the dossiers that the acting person may look through."""
    held = {one.role for one in services.person.memberships}
    return [one for one in services.registry.dossiers() if one.roles & held]


def _dossier(name: str, services: Services) -> Dossier:
    known = {one.name: one for one in services.registry.dossiers()}
    if name not in known:
        raise NotFoundError("清单", "dossier", name)
    if known[name] not in readable(services):
        raise NotAllowedError(
            f"您没有“{known[name].title.zh}”的查看权限。如因工作需要，请联系管理员。",
            f"You may not look at {known[name].title.en}; ask an administrator if you need it.",
        )
    return known[name]


def _context(dossier: Dossier, services: Services) -> DossierContext:
    prefixes = [
        one.scope_prefix
        for one in services.person.memberships
        if one.role in dossier.roles and one.scope_prefix
    ]
    return DossierContext(session=services.store.session, prefixes=tuple(prefixes))
