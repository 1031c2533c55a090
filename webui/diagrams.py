"""What the diagram viewer in the browser gets, and the trail's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.queries.views import DiagramView


def diagram_data(diagrams: Sequence[DiagramView], element_id: str) -> dict[str, Any]:
    """Return the viewer's JSON data block.

    Args:
        diagrams: root diagram first.
        element_id: the reader's own step; its diagram is shown first.

    Returns:
        ``{"first": index, "texts": {…}, "diagrams": [{name, xml, done, current, notes, …}]}``
    """
    return {
        "first": _first(diagrams, element_id),
        "texts": {"current": gettext("办理中")},
        "diagrams": [
            {
                "name": diagram.name,
                "xml": diagram.xml,
                "done": list(diagram.done),
                "current": list(diagram.current),
                "notes": dict(diagram.notes),
                "calledFrom": diagram.called_from,
            }
            for diagram in diagrams
        ],
    }


def _first(diagrams: Sequence[DiagramView], element_id: str) -> int:
    """Choose the diagram with the reader's step, else the deepest one with open work."""
    for index, diagram in enumerate(diagrams):
        if element_id and element_id in diagram.current:
            return index
    active = [index for index, diagram in enumerate(diagrams) if diagram.current]
    return active[-1] if active else 0
