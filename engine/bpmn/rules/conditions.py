"""A choice has a condition on every flow but the default one; other gateways have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel, SequenceFlow

_CHOICES: Final = (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY)
_UNCONDITIONAL: Final = (
    ElementKind.PARALLEL_GATEWAY,
    ElementKind.EVENT_BASED_GATEWAY,
    ElementKind.START_EVENT,
    ElementKind.BOUNDARY_EVENT,
)


def check(model: ProcessModel, findings: Findings) -> None:
    """Check the flows after every element."""
    for source_id, flows in model.outgoing.items():
        source = model.elements[source_id]
        if source.kind is ElementKind.EXCLUSIVE_GATEWAY:
            _repeated(flows, findings)
        for flow in flows:
            place = (flow.id, flow.line)
            if source.kind in _UNCONDITIONAL and flow.condition is not None:
                findings.error(
                    "condition-not-allowed",
                    place,
                    f"“{source.name or source.id}”之后的连线不能有条件；请改用排他网关。",
                    f"A flow from {source.id} may have no condition; use an exclusive gateway.",
                )
            if flow.is_default and flow.condition is not None:
                findings.error(
                    "default-condition",
                    place,
                    "默认流向不能再有条件，请删除条件或取消默认。",
                    "A default flow has no condition; remove it.",
                )
            missing = flow.condition is None and not flow.is_default
            if source.kind in _CHOICES and len(flows) > 1 and missing:
                findings.error(
                    "condition-missing",
                    place,
                    f"网关“{source.name or source.id}”的连线没有条件；请填写条件或设为默认流向。",
                    f"A flow of the gateway {source.id} has no condition and is not the default.",
                )


def _repeated(flows: tuple[SequenceFlow, ...], findings: Findings) -> None:
    """Warn of a flow that is never taken, because an earlier one has its condition."""
    first: dict[str, SequenceFlow] = {}
    for flow in flows:
        if flow.condition is None:
            continue
        other = first.setdefault(" ".join(flow.condition.split()), flow)
        if other is not flow:
            findings.warning(
                "condition-repeated",
                (flow.id, flow.line),
                f"连线“{flow.name or flow.id}”与“{other.name or other.id}”的条件相同，"
                "永远不会走到，请改正条件。",
                f"{flow.id} has the condition of {other.id} and is never taken; correct it.",
            )
