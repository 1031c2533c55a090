"""Whom a user task's rules name: units, people, other steps, and what happens without anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.assignment.field_value import PATTERN
from engine.bpmn import ElementKind
from engine.catalog.checks.subject import fault
from engine.catalog.checks.vocabulary import names_in
from engine.catalog.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding


def check_assignees(subject: Subject) -> Iterator[Finding]:
    """Check the rules of assignment, separation of duties and the policy without anybody."""
    for resource, model, element in subject.elements:
        if element.user_task is None:
            continue
        yield from check_source(subject, resource, element, "unit")
        yield from check_source(subject, resource, element, "assignee")
        yield from _steps(resource, model, element)
        yield from _nobody(resource, model, element)


def check_source(
    subject: Subject, resource: Resource, element: Element, name: str, word: str | None = None
) -> Iterator[Finding]:
    """Check the lookup or form that a property refers to as ``record:…`` or ``field:…``.

    Args:
        subject: the package.
        resource: the diagram.
        element: the user task.
        name: of the property.
        word: the part of its value that is checked; without it the whole value.
    """
    text = element.properties.get(name, "") if word is None else word
    key, _, parameter = text.partition(":")
    if key == "record" and parameter not in subject.registry.lookup_names():
        yield fault(
            resource,
            "unknown-lookup",
            element,
            f"属性“{name}”引用的查询程序“{parameter}”不存在。",
            f"property {name!r} names the lookup {parameter!r}, which does not exist",
        )
    if key == "field":
        yield from _field(subject, resource, element, name, parameter)


def _field(
    subject: Subject, resource: Resource, element: Element, name: str, parameter: str
) -> Iterator[Finding]:
    """Check that the form exists and, where this package has it, that it has the field."""
    form_id = _form_of(parameter)
    if form_id not in _forms(subject):
        yield fault(
            resource,
            "unknown-form",
            element,
            f"属性“{name}”引用的表单“{form_id}”不存在。",
            f"property {name!r} names the form {form_id!r}, which does not exist",
        )
        return
    path = parameter.removeprefix(f"{form_id}.")
    found = [subject.form(form_id, region) for region in subject.regions_with(resource)]
    forms = [form for form in found if form is not None]
    if forms and all(form.component(path) is None for form in forms):
        yield fault(
            resource,
            "unknown-field",
            element,
            f"属性“{name}”引用的字段“{path}”不在表单“{form_id}”中，请改正。",
            f"property {name!r} names the field {path!r}, which {form_id!r} does not have",
        )


def _form_of(parameter: str) -> str:
    found = PATTERN.fullmatch(parameter)
    return found["form"] if found else parameter


def _forms(subject: Subject) -> set[str]:
    own = {resource.id for resource in subject.package.of_kind(ResourceKind.FORM)}
    prefix = f"{ResourceKind.FORM}:"
    return own | {name.removeprefix(prefix) for name in subject.known if name.startswith(prefix)}


def _steps(resource: Resource, model: ProcessModel, element: Element) -> Iterator[Finding]:
    """Check the other user tasks that a rule or a separation names."""
    named = names_in(element.properties.get("separate.from", ""))
    rule, _, parameter = element.properties.get("assignee", "").partition(":")
    if rule == "handler":
        named.append(parameter)
    for name in named:
        other = model.elements.get(name)
        if other is not None and other.kind is ElementKind.USER_TASK and name != element.id:
            continue
        yield fault(
            resource,
            "unknown-step",
            element,
            f"引用的环节“{name}”不是本流程图中的另一个用户任务。",
            f"{name!r} is no other user task of this process",
        )


def _nobody(resource: Resource, model: ProcessModel, element: Element) -> Iterator[Finding]:
    skips = element.properties.get("nobody") == "skip"
    chosen = element.properties.get("nobody.outcome", "")
    keys = [outcome.key for outcome in model.outcomes(element.id)]
    if chosen and not skips:
        yield fault(
            resource,
            "skip-outcome",
            element,
            "只有 nobody=skip 的环节才能写 nobody.outcome。",
            "nobody.outcome belongs to nobody=skip",
        )
    elif skips and (chosen not in keys if chosen or len(keys) > 1 else False):
        yield fault(
            resource,
            "skip-outcome",
            element,
            f"无人可办时跳过，必须用 nobody.outcome 写明按哪个结果继续：{'、'.join(keys)}。",
            f"nobody=skip needs nobody.outcome, one of {', '.join(keys)}",
        )
