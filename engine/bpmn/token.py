"""A token: a SpiffWorkflow task whose parent is the scope that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.machine import Machine
    from engine.bpmn.nodes import Node

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
WAITING: Final = TaskState.WAITING
READY: Final = TaskState.READY
STARTED: Final = TaskState.STARTED
FUTURE: Final = TaskState.FUTURE
COMPLETED: Final = TaskState.COMPLETED


def number_text(number: int) -> str:
    """Return ``number`` (≥ 0) in base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


class Token(Task):
    """One token; only live ones exist, so the tree is as deep as the scopes are.

    ``data`` holds the variables local to the token's scope, ``internal_data`` what its spec must
    remember across a save.
    """

    workflow: Machine
    task_spec: Node
    data: dict[str, Any]
    internal_data: dict[str, Any]

    def __init__(
        self,
        machine: Machine,
        spec: Node,
        parent: Token | None,
        token_id: str,
        state: int = FUTURE,
    ) -> None:
        """Put a token for ``spec`` into the scope ``parent``."""
        super().__init__(machine, spec, parent, state, token_id)
        #: what completed the wait; never saved, read once by the spec
        self.result: Mapping[str, Any] = {}

    def _set_state(self, value: int) -> None:
        """Change the state without the library's eager log records (a tenth of its time)."""
        self._state = value

    @property
    def is_live(self) -> bool:
        """Whether the token still exists."""
        return bool(self._state < TaskState.COMPLETED)
