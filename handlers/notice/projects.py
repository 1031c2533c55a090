"""Offer the projects whose call for tenders may be drafted, and say what the others wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.handler import Option, lookup
from handlers.notice.gate import GATE, gates_of_unit, is_announced_whole
from handlers.records.projects import Stage

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.notice.gate import Gate
    from handlers.records.projects import Project

_OPEN: Final = frozenset({Stage.PLANNED, Stage.ANNOUNCED})


@lookup("notice.projects")
def projects(context: RecordContext) -> list[Option]:
    """Return the unit's projects with what R28 says of each, newest first.

    A project that is not interconnected and was announced as a whole is left out.
    """
    return [
        _option(context, item, gate)
        for item, gate in gates_of_unit(context)
        if item.stage in _OPEN and not is_announced_whole(item, gate)
    ]


def _option(context: RecordContext, item: Project, gate: Gate) -> Option:
    said = context.decide(GATE, gate.inputs())
    button = said["button"] if isinstance(said, dict) else ""
    lots = f"（{gate.unpublished_lots_received} 个标段）" if gate.unpublished_lots_received else ""
    return Option(
        value=str(item.number),
        label=item.name,
        hint=f"{item.number} · {item.method} · ¥{item.amount:,.2f} · {button}{lots}",
    )
