"""Every expression of the model is FEEL that can be read and calls only what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.expressions import syntax_error
from engine.feel import analyse
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Compile every expression; names of variables are not known before the run."""
    for flow in model.flows.values():
        if flow.condition is not None:
            _check(flow.condition, model.odd_names, (flow.id, flow.line), findings)
    for element in model.elements.values():
        place = (element.id, element.line)
        for text in _texts(element):
            _check(text, model.odd_names, place, findings)
        for text in _unmarked(element):
            findings.error(
                "expression-mark",
                place,
                f"“{text}”会被当作文字；表达式请以英文半角的“=”开头。",
                f"{text!r} is taken as a text; an expression begins with =.",
            )


def _check(text: str, names: tuple[str, ...], place: tuple[str, int], findings: Findings) -> None:
    error = syntax_error(text, names)
    if error is not None:
        faults = [(error.message_zh, error.message_en)]
    else:
        faults = [
            (found.message_zh, found.message_en)
            for found in analyse(text, names, OFFICE)
            if found.severity == "error" and found.rule != "unknown-name"
        ]
    for zh, en in faults:
        findings.error(
            "expression",
            place,
            f"表达式“{text}”有误：{zh}",
            f"The expression {text!r} is wrong: {en}",
        )


def _texts(element: Element) -> Iterator[str]:
    """Yield FEEL texts without ``=``."""
    yield from (text[1:].strip() for text in _marked(element) if text.startswith("="))
    event, loop = element.event, element.loop
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


def _marked(element: Element) -> Iterator[str]:
    """Yield what is FEEL with a leading ``=`` and a text without it."""
    yield from (mapping.source for mapping in (*element.inputs, *element.outputs))
    yield element.called_process
    task, event = element.user_task, element.event
    if task is not None:
        yield from (task.assignee, task.due_date, task.follow_up_date, task.priority)
        yield from (*task.candidate_groups, *task.candidate_users)
    if event is not None:
        yield from (event.name, event.correlation_key, event.timer_value)


def _unmarked(element: Element) -> Iterator[str]:
    """Yield what was meant as FEEL: with a full-width sign, or a variable given to itself."""
    yield from (text for text in _marked(element) if text.startswith("＝"))
    for mapping in (*element.inputs, *element.outputs):
        if mapping.source and mapping.source == mapping.target:
            yield mapping.source
