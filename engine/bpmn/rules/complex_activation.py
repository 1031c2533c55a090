"""A complex gateway that joins says when it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check every complex gateway with several incoming flows."""
    for element in model.elements.values():
        joins = len(model.incoming.get(element.id, ())) > 1
        if element.kind is ElementKind.COMPLEX_GATEWAY and joins and not element.activation:
            findings.error(
                "complex-activation",
                (element.id, element.line),
                "复杂网关没有激活条件，例如 =activationCount >= 2；也可以改用并行或包容网关。",
                "The complex gateway has no activation condition such as =activationCount >= 2;"
                " or use a parallel or inclusive gateway.",
            )
