"""Who gets a task and what may be said there: the properties of user tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

#: What a Chinese keyboard types between words, and the sign that is meant.
_TO_TYPE: Final = {"，": ",", "；": ",", "：": ":", "＃": "#"}


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
    yield from _signs(resource, element, "candidateGroups", ",".join(groups))
    for role in groups:
        if _is_typed(role) and _is_unknown(role, subject):
            yield _unknown_role(resource, element, role)


def _starters(subject: Subject) -> Iterator[Finding]:
    info = subject.package.of_kind(ResourceKind.INFO)[0]
    unread = any(
        item.file == info.file and item.element_id in ("", "starters")
        for item in subject.package.findings
    )
    if not unread and not _can_begin(subject):
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
        elif not _is_typed(value):
            yield from _signs(resource, element, name, value)
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


def _is_typed(text: str) -> bool:
    """Tell whether a value has no sign of a Chinese keyboard between its words."""
    return text.startswith("=") or not any(sign in text for sign in _TO_TYPE)


def _signs(resource: Resource, element: Element, name: str, value: str) -> Iterator[Finding]:
    """Report the first sign of a Chinese keyboard in a list or rule."""
    if _is_typed(value):
        return
    sign, wanted = next(pair for pair in _TO_TYPE.items() if pair[0] in value)
    if name == "clock.stops":
        wanted = "、"
    yield fault(
        resource,
        "full-width-sign",
        element,
        f"“{name}”的值“{value}”里不能使用“{sign}”，请改用 {wanted} 。",
        f"{name!r} has {value!r}: type {wanted} instead of {sign}",
    )
