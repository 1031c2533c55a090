"""Clocks that begin with the rows of one run, written in two statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.clock import begin_clock, timer_clock
from engine.model.notices import NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from engine.bpmn import Element, Wait
    from engine.commands.clock import Clock
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.model.work import WorkItem


class ClockBatch:
    """Clocks of new work items and timers."""

    def __init__(self, tree: MatterTree, services: Services) -> None:
        """Start empty."""
        self._tree = tree
        self._services = services
        self._clocks: dict[int, Clock] = {}

    def of_item(self, key: int, wait: Wait, element: Element) -> datetime | None:
        """Let the clock of a new work item begin; returns when it is due."""
        if not wait.due_date:
            return None
        root, now = self._tree.root.row, self._services.now
        clock = self._clocks[key] = begin_clock(key, wait.due_date, element, root, now)
        return clock.due_at

    def of_timer(self, key: int, wait: Wait) -> None:
        """Remember a timer that counts working days, which follows the calendar."""
        if wait.due_date:
            root, now = self._tree.root.row, self._services.now
            self._clocks[key] = timer_clock(key, wait.due_date, root, now)

    def write(self, made: Collection[int]) -> None:
        """Insert the clocks of the rows that were made; others came and went in this run."""
        clocks = [clock for key, clock in self._clocks.items() if key in made]
        self._services.store.deadlines.add(
            [clock.deadline for clock in clocks],
            [alarm for clock in clocks for alarm in clock.alarms],
        )


def tell_returned(items: Iterable[WorkItem], services: Services) -> None:
    """Tell people that their work has come back; a new task is on the bell without a row."""
    for item in items:
        if item.returned_from is not None and item.assignee is not None:
            services.tell(
                NoticeEvent.RETURNED,
                [item.assignee],
                root_key=item.root_key,
                work_item_key=item.key,
                step=item.name,
                person=item.sender,
            )
