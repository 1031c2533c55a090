"""The counters of a loop are the engine's; a model reads them and writes others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import LOOP_COUNTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check every name that an element writes."""
    for element in model.elements.values():
        for name in dict.fromkeys(_written(element)):
            if name in LOOP_COUNTERS:
                findings.error(
                    "loop-counter",
                    (element.id, element.line),
                    f"“{name}”由引擎计数，流程图不能写入；请换一个变量名，例如 my_{name}。",
                    f"{name} is counted by the engine and cannot be written by a model;"
                    f" choose another name, such as my_{name}.",
                )


def _written(element: Element) -> Iterator[str]:
    yield from (mapping.target for mapping in element.outputs)
    if element.called_decision:
        yield element.called_decision.result_variable
    if element.script:
        yield element.script.result_variable
    if element.loop:
        yield element.loop.element
        yield element.loop.output_collection
