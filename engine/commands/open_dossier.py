"""Look through what one may see beside one's own matters; recorded where the dossier says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from engine.commands.entitlement import may_read
from engine.dossier import DossierContext, DossierSearch, FilterKind
from engine.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.dossier import (
        Dossier,
        DossierFilter,
        DossierLine,
        DossierOption,
        DossierPage,
    )
    from engine.model.work import WorkItem

#: Lines of a page and of a file.
PAGE_LINES: Final = 50
MOST_FILE_LINES: Final = 10_000
_LONGEST: Final = 100


@dataclass(frozen=True, kw_only=True)
class OfferedFilter:
    """A filter with its options and what is chosen, empty for nothing."""

    filter: DossierFilter
    options: Sequence[DossierOption]
    value: str


@dataclass(frozen=True, kw_only=True)
class DossierList:
    """A page of the list.

    Attributes:
        search: what was asked for and made sense.
        total: lines of the whole list.
        page: number of this page, from 1.
        pages: how many there are.
    """

    lines: Sequence[DossierLine]
    filters: Sequence[OfferedFilter]
    search: DossierSearch
    total: int
    page: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class OpenedDossier:
    """A page with what the reader may go on to.

    Attributes:
        readable: keys of the matters that the reader may open.
        waiting: names of the open steps by key of the matter.
    """

    page: DossierPage
    readable: frozenset[str]
    waiting: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class ListDossier:
    """查看清单: what the reader may see of it, narrowed.

    Attributes:
        words: searched for.
        chosen: by name of the filter; what makes no sense is left out.
        page: from 1; one behind the last is the last.

    Raises:
        NotFoundError: no such dossier.
        NotAllowedError: it is not for this reader.
    """

    name: str
    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    def execute(self, services: Services) -> DossierList:
        """Return a page and note who looked."""
        dossier = _dossier(self.name, services)
        services.note("dossier_listed", detail={"name": dossier.title.zh})
        return self._read(dossier, services)

    def answer(self, services: Services) -> DossierList:
        """Return a page of a list whose looks are not recorded."""
        return self._read(_unrecorded(_dossier(self.name, services)), services)

    def _read(self, dossier: Dossier, services: Services) -> DossierList:
        context, search = _context(dossier, services), _search(dossier, self.words, self.chosen)
        first = (max(self.page, 1) - 1) * PAGE_LINES
        found = dossier.lines(context, search, first, PAGE_LINES)
        pages = max(1, -(-found.total // PAGE_LINES))
        page = min(max(self.page, 1), pages)
        if page < self.page:
            found = dossier.lines(context, search, (page - 1) * PAGE_LINES, PAGE_LINES)
        return DossierList(
            lines=found.lines,
            filters=[_offered(one, context, search) for one in dossier.filters],
            search=search,
            total=found.total,
            page=page,
            pages=pages,
        )


@dataclass(frozen=True, kw_only=True)
class ExportDossier:
    """导出清单: the whole list as it is narrowed, up to ``MOST_FILE_LINES``; always recorded.

    Raises:
        NotFoundError: no such dossier.
        NotAllowedError: it is not for this reader.
    """

    name: str
    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def execute(self, services: Services) -> tuple[Dossier, Sequence[DossierLine], bool]:
        """Return the dossier, its lines, and whether there are more."""
        dossier = _dossier(self.name, services)
        context, search = _context(dossier, services), _search(dossier, self.words, self.chosen)
        found = dossier.lines(context, search, 0, MOST_FILE_LINES)
        detail = {"name": dossier.title.zh, "lines": str(len(found.lines))}
        services.note("dossier_exported", detail=detail)
        return dossier, found.lines, found.total > len(found.lines)


@dataclass(frozen=True, kw_only=True)
class OpenDossier:
    """查看一项: one thing that is the reader's to see.

    Raises:
        NotFoundError: no such dossier.
        NotAllowedError: the dossier is not for this reader, or nothing of that key is; the text
            does not say whether there is one.
    """

    name: str
    key: str

    def execute(self, services: Services) -> OpenedDossier:
        """Return its page and note who looked at what."""
        dossier = _dossier(self.name, services)
        found = self._read(dossier, services)
        detail = {"name": f"{dossier.title.zh}：{found.page.title}"}
        services.note("dossier_opened", detail=detail)
        return found

    def answer(self, services: Services) -> OpenedDossier:
        """Return a page of a dossier whose looks are not recorded."""
        return self._read(_unrecorded(_dossier(self.name, services)), services)

    def _read(self, dossier: Dossier, services: Services) -> OpenedDossier:
        page = dossier.page(_context(dossier, services), self.key)
        if page is None:
            raise NotAllowedError(
                f"“{dossier.title.zh}”中没有这一项，或者您没有查看权限。",
                f"There is no such thing in {dossier.title.en}, or you may not see it.",
            )
        return _opened(page, services)


@dataclass(frozen=True, kw_only=True)
class ChangeDossier:
    """Whatever would change something in a dossier: refused and recorded.

    Raises:
        NotFoundError: no such dossier.
        NotAllowedError: always, else.
    """

    name: str

    def execute(self, services: Services) -> None:
        """Refuse."""
        dossier = _dossier(self.name, services)
        raise NotAllowedError(
            f"“{dossier.title.zh}”只能查看，不能修改。",
            f"“{dossier.title.en}” can only be read.",
        )


def readable(services: Services) -> list[Dossier]:
    """Return the dossiers that the acting person may look through."""
    return _open_to(services.registry.dossiers(), services)


def _open_to(dossiers: Sequence[Dossier], services: Services) -> list[Dossier]:
    """Return those that the acting person may look through; leaders are asked for if need be."""
    held = {one.role for one in services.person.memberships}
    mine = [one for one in dossiers if one.roles & held]
    if any(one.leaders for one in dossiers if one not in mine):
        leads = bool(services.store.units.led_by(services.person.login))
        return [one for one in dossiers if one in mine or (one.leaders and leads)]
    return mine


def _dossier(name: str, services: Services) -> Dossier:
    known = {one.name: one for one in services.registry.dossiers()}
    if name not in known:
        raise NotFoundError("清单", "dossier", name)
    if not _open_to([known[name]], services):
        raise NotAllowedError(
            f"您没有“{known[name].title.zh}”的查看权限。如因工作需要，请联系管理员。",
            f"You may not look at {known[name].title.en}; ask an administrator if you need it.",
        )
    return known[name]


def _unrecorded(dossier: Dossier) -> Dossier:
    """Guard against asking for what has to be recorded.

    Raises:
        RuntimeError: a programming error.
    """
    if dossier.recorded:
        message = f"looks at {dossier.name} are recorded: execute it"
        raise RuntimeError(message)
    return dossier


def _context(dossier: Dossier, services: Services) -> DossierContext:
    held = [one for one in services.person.memberships if one.role in dossier.roles]
    units = [one.unit for one in held if one.scope_prefix is None]
    known = services.store.units
    if dossier.leaders:
        units += known.led_by(services.person.login)
    return DossierContext(
        session=services.store.session,
        prefixes=tuple(one.scope_prefix for one in held if one.scope_prefix),
        units=known.within(units) if units else (),
        now=services.now,
    )


def _search(dossier: Dossier, words: str, chosen: Mapping[str, str]) -> DossierSearch:
    kept = {}
    for one in dossier.filters:
        value = chosen.get(one.name, "").strip()[:_LONGEST]
        if one.kind is FilterKind.AMOUNT:
            value = _amount(value)
        if value:
            kept[one.name] = value
    return DossierSearch(words=words.strip()[:_LONGEST], chosen=kept)


def _amount(text: str) -> str:
    """Return an amount in yuan as a plain number, empty for what is none."""
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return ""
    if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 13:
        return ""
    return str(amount.quantize(Decimal("0.01")))


def _offered(one: DossierFilter, context: DossierContext, search: DossierSearch) -> OfferedFilter:
    options = one.options(context, search) if one.options else ()
    return OfferedFilter(filter=one, options=options, value=search.chosen.get(one.name, ""))


def _opened(page: DossierPage, services: Services) -> OpenedDossier:
    """Say which matters of a page the reader may open, and where they stand."""
    keys = sorted({int(one.matter) for one in page.events if one.matter})
    roots = services.store.instances.roots(keys)
    items = services.store.work_items.of_matters(keys)
    of_root: dict[int, list[WorkItem]] = {}
    waiting: dict[str, list[str]] = {}
    for item in items:
        of_root.setdefault(item.root_key, []).append(item)
        if item.is_open and item.is_task:
            waiting.setdefault(str(item.root_key), []).append(item.name)
    return OpenedDossier(
        page=page,
        readable=frozenset(
            str(root.key)
            for root in roots
            if may_read(services.person, root, of_root.get(root.key, []))
        ),
        waiting=waiting,
    )
