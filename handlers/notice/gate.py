"""Whether a project's call for tenders may be drafted now (rule R28)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.errors import field_error
from handlers.records.lots import open_lot_counts
from handlers.records.projects import Stage, projects_of_unit

if TYPE_CHECKING:
    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.records.projects import Project

#: Decision id of R28 and what its column 按钮 says when drafting is possible.
GATE: Final = "notice_draft_gate"
DRAFT: Final = "起草公告"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Inputs of R28 for one project.

    Attributes:
        interconnected: a trading centre handles it.
        unpublished_lots_received: lots that no live call is about.
    """

    interconnected: bool
    unpublished_lots_received: int

    def inputs(self) -> dict[str, Any]:
        """Return the variables that R28 reads."""
        return dict(vars(self))


def gates_of_unit(context: RecordContext) -> list[tuple[Project, Gate]]:
    """Return the unit's planned projects with their gates, newest first."""
    session, unit = context.session, context.matter.unit
    counts = open_lot_counts(session, unit)
    return [
        (item, gate_of(item, counts.get(item.key, 0)))
        for item in projects_of_unit(session, unit)
        if item.number is not None
    ]


def gate_of(item: Project, open_lots: int) -> Gate:
    """Return the gate of a project with so many unannounced lots."""
    return Gate(interconnected=item.platform is not None, unpublished_lots_received=open_lots)


def is_announced_whole(item: Project, gate: Gate) -> bool:
    """Tell whether a project that is not interconnected is announced; a failed one is not."""
    was_announced = item.stage is not Stage.PLANNED
    return was_announced and not gate.interconnected and not gate.unpublished_lots_received


def not_now(message_zh: str, message_en: str) -> ValidationFailedError:
    """Return the refusal of a project that cannot be announced now (``ERR_STATE``)."""
    return field_error("project", "ERR_STATE", message_zh, message_en)
