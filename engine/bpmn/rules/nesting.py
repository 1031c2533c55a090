"""Sub-processes are nested at most thirty levels deep; deeper drawings nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel

MAX_LEVELS: Final = 30


def check(model: ProcessModel, findings: Findings) -> None:
    """Measure the depth of every element."""
    depths: dict[str | None, int] = {None: 0}
    for element in model.elements.values():
        depth = depths[element.parent] + 1
        depths[element.id] = depth
        if depth == MAX_LEVELS + 2:
            findings.error(
                "nesting",
                (element.id, element.line),
                f"子流程嵌套超过 {MAX_LEVELS} 层，请改用调用活动。",
                f"Sub-processes are nested deeper than {MAX_LEVELS} levels; use call activities.",
            )
