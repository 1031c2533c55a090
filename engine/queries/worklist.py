"""待办 / 已办 / 我发起的: one page of a list with counts for the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.queries.language import Translator, translator
from engine.queries.views import Box, WorklistPage, WorklistRow
from engine.store.lists import ListFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services

#: Rows of a page at the most.
MAX_PAGE_SIZE: Final = 200


@dataclass(frozen=True, kw_only=True)
class BoxCounts:
    """Numbers for the menu: ``{box: lines}``."""

    def answer(self, services: Services) -> Mapping[Box, int]:
        """Count."""
        return _counts(services)


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """One page of one of the person's lists.

    Attributes:
        box: which list.
        search: part of title, number or step name.
        process_id: root process, empty = all.
        overdue_only: only overdue ones (待办).
        sort: ``due`` = overdue first, due ascending; ``arrived`` = newest first.
        page: 1-based; a page past the end gives the last one.
        page_size: 1 to 200 rows.
    """

    box: Box
    search: str = ""
    process_id: str = ""
    overdue_only: bool = False
    sort: str = "due"
    page: int = 1
    page_size: int = 20

    def answer(self, services: Services) -> WorklistPage:
        """Read the page."""
        lists = services.store.lists(services.person)
        read = {Box.TODO: lists.todo, Box.DONE: lists.done, Box.STARTED: lists.started}[self.box]
        size = min(max(self.page_size, 1), MAX_PAGE_SIZE)
        total, rows = read(self._filter(services, max(self.page, 1), size))
        pages = max(1, -(-total // size))
        page = min(max(self.page, 1), pages)
        if page != max(self.page, 1):
            total, rows = read(self._filter(services, page, size))
        return WorklistPage(
            rows=_started_rows(rows, services)
            if self.box is Box.STARTED
            else _work_rows(rows, services),
            total=total,
            page=page,
            pages=pages,
            counts=_counts(services),
            processes=[
                (process_id, translator(services, binding).process_name)
                for process_id, binding in lists.processes(self.box)
            ],
        )

    def _filter(self, services: Services, page: int, size: int) -> ListFilter:
        return ListFilter(
            search=self.search.strip(),
            process_id=self.process_id,
            overdue_only=self.overdue_only,
            sort=self.sort,
            page=page,
            page_size=size,
            now=services.now,
        )


def _counts(services: Services) -> Mapping[Box, int]:
    counts = services.store.lists(services.person).counts()
    return {box: counts[box] for box in Box}


def _work_rows(rows: list[Any], services: Services) -> list[WorklistRow]:
    units = services.store.identity.unit_names([row.matter_unit for row in rows])
    return [_work_row(row, units, services, translator(services, row.binding)) for row in rows]


def _work_row(
    row: Any, units: Mapping[str, str], services: Services, words: Translator
) -> WorklistRow:
    open_ = row.ended_at is None
    return WorklistRow(
        key=str(row.key),
        instance_key=str(row.root_key),
        title=row.title or words.process_name,
        number=row.number,
        process_name=words.process_name,
        element_name=words(row.name),
        unit=units.get(row.matter_unit, row.matter_unit),
        initiator=row.initiator_name or "",
        sender=row.sender_name or "",
        state=row.state,
        is_draft=not row.submitted,
        returned=row.returned_from is not None,
        assignee=row.assignee_name or "",
        summary=[(words(label), value) for label, value in row.summary],
        arrived_at=row.created_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        overdue=open_ and row.due_at is not None and row.due_at < services.now,
        outcome=words(row.outcome_label),
    )


def _started_rows(rows: list[Any], services: Services) -> list[WorklistRow]:
    units = services.store.identity.unit_names([row.unit for row in rows])
    steps = services.store.lists(services.person).open_steps([row.key for row in rows])
    return [_started_row(row, units, steps.get(row.key, []), services) for row in rows]


def _started_row(
    row: Any, units: Mapping[str, str], steps: list[Any], services: Services
) -> WorklistRow:
    words = translator(services, row.binding)
    due = min((step.due_at for step in steps if step.due_at is not None), default=None)
    return WorklistRow(
        key=str(row.key),
        instance_key=str(row.key),
        title=row.title or words.process_name,
        number=row.number,
        process_name=words.process_name,
        element_name="、".join(words(step.name) for step in steps),
        unit=units.get(row.unit, row.unit),
        initiator=row.initiator_name,
        sender="",
        state=row.state,
        is_draft=not row.submitted,
        returned=False,
        assignee="、".join(step.assignee_name for step in steps if step.assignee_name),
        summary=[(words(label), value) for label, value in row.summary],
        arrived_at=row.started_at,
        due_at=due,
        ended_at=row.ended_at,
        overdue=row.ended_at is None and due is not None and due < services.now,
    )
