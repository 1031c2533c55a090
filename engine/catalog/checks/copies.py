"""Copies that the model sends: ``circulate.to`` and ``circulate.unit`` name what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.assignment import CIRCLE, CIRCLE_UNIT
from engine.bpmn import ElementKind
from engine.catalog.checks.assignees import check_source
from engine.catalog.checks.subject import fault
from engine.catalog.checks.vocabulary import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding


def check_copies(subject: Subject) -> Iterator[Finding]:
    """Check the user tasks whose decision is sent to people."""
    for resource, model, element in subject.elements:
        if element.user_task is None:
            continue
        yield from _unit(subject, resource, element)
        for word in names_in(element.properties.get(CIRCLE, "")):
            yield from check_source(subject, resource, element, CIRCLE, word)
            yield from _word(subject, resource, model, element, word)


def _unit(subject: Subject, resource: Resource, element: Element) -> Iterator[Finding]:
    if CIRCLE_UNIT not in element.properties:
        return
    yield from check_source(subject, resource, element, CIRCLE_UNIT)
    if not any(word.startswith("role:") for word in names_in(element.properties.get(CIRCLE, ""))):
        yield fault(
            resource,
            "copies",
            element,
            f"{CIRCLE_UNIT} 只决定 {CIRCLE} 中“role:岗位”属于哪个单位，"
            f"请在 {CIRCLE} 中写上岗位，或者删除它。",
            f"{CIRCLE_UNIT} belongs to the roles in {CIRCLE}, which names none",
        )


def _word(
    subject: Subject, resource: Resource, model: ProcessModel, element: Element, word: str
) -> Iterator[Finding]:
    name, _, parameter = word.partition(":")
    if name == "role" and subject.roles is not None and parameter not in subject.roles:
        yield fault(
            resource,
            "unknown-role",
            element,
            f"{CIRCLE} 中的岗位“{parameter}”不存在，请先建立岗位或改正名称。",
            f"{CIRCLE} names the role {parameter!r}, which does not exist",
        )
    if name == "handler":
        other = model.elements.get(parameter)
        if other is None or other.kind is not ElementKind.USER_TASK or parameter == element.id:
            yield fault(
                resource,
                "unknown-step",
                element,
                f"{CIRCLE} 引用的环节“{parameter}”不是本流程图中的另一个用户任务。",
                f"{parameter!r} in {CIRCLE} is no other user task of this process",
            )
