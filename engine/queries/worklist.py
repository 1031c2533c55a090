"""The lists of a person: one page with the numbers of the menu and of the quick filters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.commands.standing_in import sources
from engine.queries.list_rows import rows_of
from engine.queries.process_names import process_names
from engine.queries.substitutions import banner
from engine.queries.views import Box, BoxTallies, Chip, Due, WorklistPage
from engine.store.lists import COUNT_CAP, Group, ListFilter, Sort, Span, Tally, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.commands.services import Services
    from engine.store.lists import Counts, Lists, Page, ReadableList

#: Rows of a page at the most, and by default.
MAX_PAGE_SIZE: Final = 200
PAGE_SIZE: Final = 20
#: The quick filters show no larger number.
_CHIP_CAP: Final = 99


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What narrows and orders a list; empty values do not narrow it.

    Attributes:
        search: part of title, number, step name, unit or initiator.
        process_id: root process.
        element_id: step.
        due: window of due times.
        returned: only what came back by 退回.
        unread: only what the reader has not opened.
        sort: order of open work; other lists are newest first.
        group: headings above the order.
    """

    search: str = ""
    process_id: str = ""
    element_id: str = ""
    due: Due = Due.ANY
    returned: bool = False
    unread: bool = False
    sort: Sort = Sort.DUE
    group: Group = Group.NONE

    @property
    def narrows_nothing(self) -> bool:
        """Whether the list is whole, in whatever order."""
        return replace(self, sort=Sort.DUE, group=Group.NONE) == Narrowing()

    def at(self, now: datetime) -> ListFilter:
        """Return the filter that this means at a moment."""
        due_from, due_before = due_window(self.due, now)
        return ListFilter(
            search=self.search.strip(),
            process_id=self.process_id,
            element_id=self.element_id,
            due_from=due_from,
            due_before=due_before,
            returned=self.returned,
            unread=self.unread,
            sort=self.sort,
            group=self.group,
        )


def due_window(due: Due, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return (from, before) of a window at the office; a week begins on Monday (ISO 8601)."""
    today = now.astimezone(OFFICE_ZONE).date()
    midnight = datetime.combine(today, time(), OFFICE_ZONE)
    if due is Due.OVERDUE:
        return None, now
    if due is Due.TODAY:
        return midnight, midnight + timedelta(days=1)
    if due is Due.WEEK:
        return midnight, midnight + timedelta(days=7 - today.weekday())
    return None, None


@dataclass(frozen=True, kw_only=True)
class BoxCounts:
    """Numbers for the menu."""

    def answer(self, services: Services) -> BoxTallies:
        """Count."""
        counts = services.store.lists(services.actor.login, sources(services)).counts({}, _CHIP_CAP)
        return _menu(counts, services)


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """One page of one of the person's lists.

    Attributes:
        box: which list.
        narrowing: what narrows and orders it.
        after: where the page begins, from ``WorklistPage.after``.
        before: where it ends, from ``WorklistPage.before``; a place that makes no sense, or after
            which there is nothing any more, gives the first page.
        page_size: 1 to 200 rows.
    """

    box: Box
    narrowing: Narrowing = field(default_factory=Narrowing)
    after: str = ""
    before: str = ""
    page_size: int = PAGE_SIZE

    def answer(self, services: Services) -> WorklistPage:
        """Read the page."""
        lists = services.store.lists(services.actor.login, sources(services))
        readable = lists.boxes[self.box]
        wanted = self.narrowing.at(services.now)
        page, span = self._read(readable, wanted)
        first = span.cursor is None
        earlier = page.more if span.backwards else not first
        later = span.backwards or page.more
        # whoever searches wants one line, and looking for the thousandth reads a whole list
        cap = _CHIP_CAP if self.narrowing.search else COUNT_CAP
        counts = lists.counts(_chips(services.now) if self.box is Box.TODO else {}, _CHIP_CAP)
        return WorklistPage(
            rows=rows_of(self.box, page.lines, lists, services),
            total=self._total(page, span, counts, lambda: readable.count(wanted, cap)),
            before=written(page.lines[0].cursor) if earlier and page.lines else "",
            after=written(page.lines[-1].cursor) if later and page.lines else "",
            menu=_menu(counts, services),
            chips=_tallies(counts) if self.box is Box.TODO else {},
            processes=_processes(self.box, lists, services),
        )

    def _total(self, page: Page, span: Span, counts: Counts, count: Callable[[], Tally]) -> Tally:
        """Count only what is not known already."""
        if self.narrowing.narrows_nothing:
            return counts.boxes[self.box]
        if span.cursor is None and not page.more:
            return Tally(len(page.lines))
        return count()

    def _read(self, readable: ReadableList, wanted: ListFilter) -> tuple[Page, Span]:
        size = min(max(self.page_size, 1), MAX_PAGE_SIZE)
        start = Span(size=size)
        cursor = readable.cursor(self.before or self.after, wanted)
        if cursor is None:
            return readable.page(wanted, start), start
        span = Span(size=size, cursor=cursor, backwards=bool(self.before))
        page = readable.page(wanted, span)
        # Read backwards to the beginning, a page may be short: it is filled up from the front.
        if not page.lines or (span.backwards and not page.more):
            return readable.page(wanted, start), start
        return page, span


def _menu(counts: Counts, services: Services) -> BoxTallies:
    boxes = {Box(name): tally for name, tally in counts.boxes.items()}
    return BoxTallies(counts=boxes, unread=bool(counts.unread), substitutions=banner(services))


def _chips(now: datetime) -> Mapping[str, ListFilter]:
    wanted = {
        Chip.OVERDUE: Narrowing(due=Due.OVERDUE),
        Chip.TODAY: Narrowing(due=Due.TODAY),
        Chip.WEEK: Narrowing(due=Due.WEEK),
        Chip.RETURNED: Narrowing(returned=True),
    }
    return {chip.value: narrowing.at(now) for chip, narrowing in wanted.items()}


def _tallies(counts: Counts) -> Mapping[Chip, Tally]:
    found = {Chip(name): tally for name, tally in counts.chips.items()}
    return found | {Chip.UNREAD: counts.unread}


def _processes(box: Box, lists: Lists, services: Services) -> list[tuple[str, str]]:
    """Return the procedures that may narrow a list: those in it, or every one for old work."""
    names = process_names(services)
    if box.is_open_work:
        readable = lists.open_work if box is Box.TODO else lists.drafts
        names = {known: names.get(known, known) for known in readable.processes()}
    return sorted(names.items(), key=lambda pair: pair[1])
