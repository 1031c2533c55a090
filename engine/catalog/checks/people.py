"""Who gets a task and what may be said there: the properties of user tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import ElementKind, EventType
from engine.catalog.checks.subject import fault
from engine.catalog.checks.vocabulary import PROPERTIES
from engine.catalog.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding


def check_people(subject: Subject) -> Iterator[Finding]:
    """Check roles, unit rules and the other properties of user tasks."""
    for resource, _model, element in subject.elements:
        if element.user_task is None:
            continue
        yield from _roles(subject, resource, element)
        yield from _properties(resource, element)
    yield from _starters(subject)


def _roles(subject: Subject, resource: Resource, element: Element) -> Iterator[Finding]:
    task = element.user_task
    groups = task.candidate_groups if task else ()
    if not groups and "assignee" not in element.properties:
        yield fault(
            resource,
            "no-candidates",
            element,
            f"环节“{element.name}”没有办理岗位，请填写 candidateGroups 或属性 assignee。",
            f"{element.id!r} names no role; set candidateGroups or the property assignee",
        )
    for role in groups:
        if _is_unknown(role, subject):
            yield _unknown_role(resource, element, role)


def _starters(subject: Subject) -> Iterator[Finding]:
    info = subject.package.of_kind(ResourceKind.INFO)[0]
    if not _can_begin(subject):
        yield fault(
            info,
            "no-starters",
            "starters",
            "没有人能发起：请填写 starters，或者画出消息、信号、定时开始事件。",
            "nobody can start it: name starters, or draw a message, signal or timer start event",
        )
    for role in subject.package.info.starters:
        if _is_unknown(role, subject):
            yield _unknown_role(info, "starters", role)
    for place, group in enumerate(subject.package.info.separate_roles):
        for role in group:
            if _is_unknown(role, subject):
                yield _unknown_role(info, f"separate[{place}].roles", role)


def _can_begin(subject: Subject) -> bool:
    """Tell whether a person, the public or an event of the root process begins a matter."""
    info = subject.package.info
    if info.starters or info.public_unit:
        return True
    roots = [model for _resource, model in subject.models if model.process_id == info.id]
    return not roots or any(
        element.kind is ElementKind.START_EVENT
        and element.event is not None
        and element.event.type is not EventType.NONE
        for model in roots
        for element in model.children.get(None, ())
    )


def _is_unknown(role: str, subject: Subject) -> bool:
    """Tell whether ``role`` is a key that does not exist; FEEL is only known at run time."""
    return subject.roles is not None and not role.startswith("=") and role not in subject.roles


def _unknown_role(resource: Resource, place: Element | str, role: str) -> Finding:
    return fault(
        resource,
        "unknown-role",
        place,
        f"岗位“{role}”不存在，请先建立岗位或改正名称。",
        f"no role has the key {role!r}",
    )


def _properties(resource: Resource, element: Element) -> Iterator[Finding]:
    for name, value in element.properties.items():
        values = PROPERTIES.get(name)
        if values is None:
            known = sorted(PROPERTIES)
            yield fault(
                resource,
                "unknown-property",
                element,
                f"用户任务不认识的属性“{name}”，可用：{'、'.join(known)}。",
                f"unknown property {name!r}; known: {', '.join(known)}",
            )
        elif not values.admits(value):
            yield _bad_value(resource, element, name, value, values.hint)


def _bad_value(
    resource: Resource, element: Element, name: str, value: str, allowed: str
) -> Finding:
    return fault(
        resource,
        "property-value",
        element,
        f"属性“{name}”的值“{value}”无法识别，应为 {allowed}。",
        f"property {name!r} has {value!r}; expected {allowed}",
    )
