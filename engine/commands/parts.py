"""Parts of a task: they share its token, so they end with it; only the task moves the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from engine.model.keys import new_key
from engine.model.states import WorkItemState
from engine.model.work import WorkItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.model.states import WorkItemKind


class OfTask(Protocol):
    """A task in its matter."""

    @property
    def item(self) -> WorkItem:
        """The task."""


def parts_of(task: WorkItem, services: Services) -> list[WorkItem]:
    """Return the parts of a task, oldest first; asks nothing when there are none."""
    return services.store.parts.of(task) if task.has_parts else []


def make_part(step: OfTask, kind: WorkItemKind, number: int, login: str, **values: Any) -> WorkItem:
    """Return a part of the step's task for one person.

    Args:
        step: the task in its matter.
        kind: what it asks.
        number: its number among the parts, ≥ 1.
        login: whose it is.
        values: fields that differ from a part that is just given to its person.
    """
    return new_part(step.item, kind, number, assignee=login, **values)


def new_part(task: WorkItem, kind: WorkItemKind, number: int, **values: Any) -> WorkItem:
    """Return a part of a task, or of a part of it, that may be nobody's in particular."""
    return WorkItem(
        **{
            "key": new_key(),
            "instance_key": task.instance_key,
            "root_key": task.root_key,
            "process_id": task.process_id,
            "root_process_id": task.root_process_id,
            "element_id": task.element_id,
            "token_id": task.token_id,
            "name": task.name,
            "state": WorkItemState.CLAIMED,
            "assignee": None,
            "priority": task.priority,
            "due_at": task.due_at,
            "sender": "",
            "kind": kind,
            "part": number,
            "parent_key": task.key,
            **values,
        }
    )


def next_number(parts: Sequence[WorkItem]) -> int:
    """Return the number of the next part."""
    return max((part.part for part in parts), default=0) + 1
