"""指定下一环节办理人: where people are chosen for a step by whoever does the step before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn import ElementKind, condition_of
from engine.catalog.checks.subject import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.errors import Finding

#: Characters of an outcome's key in the database.
_LONGEST_KEY: Final = 40


def check_choices(subject: Subject) -> Iterator[Finding]:
    """Check ``next.people``, ``next.choice`` and ``next.steps`` of every user task."""
    for resource, model, element in subject.elements:
        if element.user_task is None:
            continue
        for zh, en in (*_contradictions(element), *_free(element, model)):
            yield fault(
                resource,
                "next-people",
                element,
                f"环节“{element.name}”{zh}",
                f"{element.id!r}: {en}",
            )


def _contradictions(element: Element) -> Iterator[tuple[str, str]]:
    properties = element.properties
    if "next.choice" in properties and "next.people" not in properties:
        yield (
            "写了 next.choice，却没有写 next.people（可选择哪些人），请补写。",
            "next.choice says nothing without next.people",
        )
    if "next.people" not in properties:
        return
    if element.vote is not None:
        yield (
            "是表决环节，投票人由 vote.voters=chosen 和 vote.people 指定，请删除 next.people。",
            "voters are chosen by vote.voters=chosen and vote.people",
        )
    elif element.loop is not None:
        yield (
            "是多实例，不能由上一环节指定办理人；请删除 next.people。",
            "nobody is chosen for a step that is repeated",
        )
    if "assignee" in properties:
        yield (
            "已由 assignee 指定办理人，不能再由上一环节选择；请删除其中一个。",
            "assignee names its person already",
        )


def _free(element: Element, model: ProcessModel) -> Iterator[tuple[str, str]]:
    """Check a step whose person chooses the next one among the flows that are drawn."""
    if "next.steps" not in element.properties:
        return
    if element.vote is not None:
        yield (
            "是表决环节，去向由表决结果决定，不能选择下一环节；请删除 next.steps。",
            "the result of a vote decides where it goes",
        )
    leaving = model.outgoing.get(element.id, ())
    gateway = model.elements[leaving[0].target] if len(leaving) == 1 else None
    flows = model.outgoing.get(gateway.id, ()) if gateway else ()
    if gateway is None or gateway.kind is not ElementKind.EXCLUSIVE_GATEWAY or len(flows) < 2:
        yield (
            "写了 next.steps=chosen，之后须画一个排他网关和至少两条连线供选择。",
            "next.steps=chosen needs an exclusive gateway with two or more flows after it",
        )
        return
    for flow in flows:
        if flow.is_default or flow.condition != condition_of(flow.id):
            yield (
                f"由办理人选择下一环节，连线“{flow.name or flow.id}”不能再写条件或设为默认流向。",
                f"the flow {flow.id!r} is a choice and has neither a condition nor is it default",
            )
        if len(flow.id) > _LONGEST_KEY:
            yield (
                f"供选择的连线 id“{flow.id}”超过 {_LONGEST_KEY} 个字符，请改短。",
                f"the id of the flow {flow.id!r} is longer than {_LONGEST_KEY} characters",
            )
