"""Every expression of the model is FEEL that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.expressions import syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Compile every expression."""
    for flow in model.flows.values():
        if flow.condition is not None:
            _check(flow.condition, model.odd_names, (flow.id, flow.line), findings)
    for element in model.elements.values():
        for text in _texts(element):
            _check(text, model.odd_names, (element.id, element.line), findings)


def _check(text: str, names: tuple[str, ...], place: tuple[str, int], findings: Findings) -> None:
    error = syntax_error(text, names)
    if error is not None:
        findings.error(
            "expression",
            place,
            f"表达式“{text}”有误：{error.message_zh}",
            f"The expression {text!r} is wrong: {error.message_en}",
        )


def _texts(element: Element) -> Iterator[str]:
    """Yield FEEL texts without ``=``."""
    marked = [mapping.source for mapping in (*element.inputs, *element.outputs)]
    marked.append(element.called_process)
    task, event, loop = element.user_task, element.event, element.loop
    if task is not None:
        marked += [task.assignee, task.due_date, task.follow_up_date, task.priority]
        marked += [*task.candidate_groups, *task.candidate_users]
    if event is not None:
        marked += [event.name, event.correlation_key, event.timer_value]
    yield from (text[1:].strip() for text in marked if text.startswith("="))
    bare = [element.activation]
    if element.script is not None:
        bare.append(element.script.expression)
    if event is not None:
        bare.append(event.condition)
    if loop is not None:
        bare += [loop.collection, loop.cardinality, loop.output_element, loop.condition]
    if element.ad_hoc is not None:
        bare += [element.ad_hoc.active_elements, element.ad_hoc.condition]
    yield from (text for text in bare if text)
