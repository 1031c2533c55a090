"""What of a matter's history still holds: the steps that were done and not undone by a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import is_return
from engine.commands.places import Path, Places
from engine.model.states import Arrival, WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.commands.matter import MatterTree
    from engine.model.work import WorkItem

#: Outcome of a work item that its person returned by choosing a target.
RETURNED = "return"
_BACK = frozenset({Arrival.RETURN, Arrival.WITHDRAW, Arrival.RECALL, Arrival.MOVE})


class Course:
    """The course of one matter.

    Attributes:
        places: paths of steps.
        done: the last work item of every step that was done on the way to where the matter is.
    """

    def __init__(self, tree: MatterTree, items: Sequence[WorkItem]) -> None:
        """Read the history of ``tree`` out of its work items, oldest first."""
        self._tree = tree
        self.places = Places(tree)
        tasks = [item for item in items if item.kind is WorkItemKind.TASK]
        done = self._latest(item for item in tasks if self._is_done(item))
        back = self._latest(_still_back(tasks))
        self.done: Mapping[Path, WorkItem] = {
            path: item
            for path, item in done.items()
            if not any(
                again.key > item.key and self.places.is_undone(path, target)
                for target, again in back.items()
            )
        }

    def path(self, item: WorkItem) -> Path:
        """Return the path of a work item's step."""
        return self.places.of(item.instance_key, item.element_id)

    def undone_by(self, target: Path) -> list[WorkItem]:
        """Return the done steps that have to be done again after a return to ``target``."""
        return [item for path, item in self.done.items() if self.places.is_undone(path, target)]

    def _latest(self, items: Iterable[WorkItem]) -> dict[Path, WorkItem]:
        return {self.path(item): item for item in items}

    def _is_done(self, item: WorkItem) -> bool:
        if item.state is not WorkItemState.COMPLETED or item.outcome == RETURNED:
            return False
        element = self._tree.nodes[item.instance_key].model.elements.get(item.element_id)
        return element is not None and not is_return(element, item.outcome)


def _still_back(tasks: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the work items at which the matter arrived backwards and has not been put back."""
    resumed = {item.cause_key for item in tasks if item.arrival is Arrival.RESUME}
    recalled = {item.cause_key for item in tasks if item.arrival is Arrival.RECALL}
    return [
        item
        for item in tasks
        if item.arrival in _BACK
        and item.key not in resumed
        and (item.returned_from is None or item.returned_from not in recalled)
    ]
