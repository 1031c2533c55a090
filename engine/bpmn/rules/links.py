"""A link throw event leads to exactly one link catch event of its name on the same level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check both ends of every link."""
    for element in model.elements.values():
        if element.event_type is not EventType.LINK:
            continue
        place = (element.id, element.line)
        name = element.event.name if element.event else ""
        throws = element.kind is ElementKind.THROW_EVENT
        if throws and len(model.outgoing.get(element.id, ())) != 1:
            findings.error(
                "link-target",
                place,
                f"链接事件“{name}”在同一层必须有且只有一个同名的捕获链接事件，且自身没有流出连线。",
                f"The link {name!r} needs exactly one catching link event of that name on its"
                " level, and no flow of its own.",
            )
        if not throws and element.id not in model.incoming:
            findings.error(
                "link-source",
                place,
                f"捕获链接事件“{name}”没有同名的抛出链接事件，请补画或删除。",
                f"Nothing throws the link {name!r}; draw the throwing event or remove this one.",
            )
