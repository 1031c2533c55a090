"""Every task and event says what it needs to run: handler, decision, process, time, name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel

Kind = ElementKind


def _event_misses(element: Element) -> tuple[str, str] | None:
    event = element.event
    if event is None:
        return None
    if event.type is EventType.TIMER and not event.timer_value:
        return "没有填写定时器的时间", "its timer has no date, duration or cycle"
    if event.type is EventType.SIGNAL and not event.name:
        return "没有选择信号", "it has no signal with a name"
    if event.type is EventType.MESSAGE and not event.name and not element.job_type:
        return "没有选择消息", "it has no message with a name"
    return None


def _loop_misses(element: Element) -> tuple[str, str] | None:
    loop = element.loop
    if loop is None:
        return None
    if loop.standard:
        if not loop.condition and not loop.maximum:
            return "循环没有条件，也没有最大次数", "its loop has neither a condition nor a maximum"
    elif element.vote is None and not loop.collection and not loop.cardinality:
        return "多实例没有输入集合，也没有次数", "its multi-instance has no collection or number"
    return None


_MISSING: Final[dict[ElementKind, tuple[Callable[[Element], object], str, str]]] = {
    Kind.SERVICE_TASK: (lambda e: e.job_type, "没有填写处理程序的类型", "it has no job type"),
    Kind.BUSINESS_RULE_TASK: (
        lambda e: e.job_type or (e.called_decision and e.called_decision.result_variable),
        "没有选择决策表或结果变量",
        "it has no called decision with a result variable",
    ),
    Kind.CALL_ACTIVITY: (
        lambda e: e.called_process,
        "没有填写被调用流程的 id",
        "it has no called process",
    ),
    Kind.SCRIPT_TASK: (
        lambda e: e.script and e.script.expression,
        "没有 FEEL 表达式（zeebe:script）",
        "it has no FEEL expression (zeebe:script)",
    ),
}


def check(model: ProcessModel, findings: Findings) -> None:
    """Check every element."""
    for element in model.elements.values():
        for missing in _misses(element):
            findings.error(
                "missing-fact",
                (element.id, element.line),
                f"“{element.name or element.id}”{missing[0]}，请在属性面板中填写。",
                f"{element.id}: {missing[1]}; fill it in.",
            )


def _dynamic(element: Element) -> tuple[str, str] | None:
    decision = element.called_decision.decision_id if element.called_decision else ""
    if element.job_type.startswith("=") or decision.startswith("="):
        return "的处理程序或决策不能用表达式指定", "its handler or decision is an expression"
    return None


def _misses(element: Element) -> list[tuple[str, str]]:
    found = [_event_misses(element), _loop_misses(element), _dynamic(element)]
    wanted = _MISSING.get(element.kind)
    if wanted is not None and not wanted[0](element):
        found.append(wanted[1:])
    return [missing for missing in found if missing is not None]
