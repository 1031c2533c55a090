"""Where a step may send a matter back to, and on what its people rely."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from engine.catalog.checks.subject import fault, hint
from engine.catalog.checks.vocabulary import names_in
from engine.catalog.resources import BASE, ResourceKind
from engine.forms.components import ChoiceField
from engine.model.outside import FIELDS, WITHIN, Slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

#: How alike two keys are that one person meant to be the same.
_ALIKE: Final = 0.8
#: Words of ``return.targets`` beside ids of user tasks.
WORDS: Final = frozenset({"previous", "initiator", "any", "outside", "none"})


def check_returns(subject: Subject) -> Iterator[Finding]:
    """Check the properties of return of every user task."""
    tasks = {element.id for _, _, element in subject.elements if element.user_task is not None}
    for resource, model, element in subject.elements:
        if element.user_task is not None:
            yield from _outcomes(resource, model, element)
            yield from _targets(resource, element, tasks)
            yield from _reliance(subject, resource, element)
            yield from _outside(subject, resource, element)


def _outcomes(resource: Resource, model: ProcessModel, element: Element) -> Iterator[Finding]:
    keys = {outcome.key for outcome in model.outcomes(element.id)}
    for name in names_in(element.properties.get("return.outcomes", "")):
        if name not in keys:
            yield fault(
                resource,
                "unknown-outcome",
                element,
                f"return.outcomes 中的“{name}”不是图上画出的结果。",
                f"return.outcomes names {name!r}, which no flow draws",
            )
    returns = names_in(element.properties.get("return.outcomes", "return"))
    for outcome in model.outcomes(element.id):
        near = get_close_matches(outcome.key, returns, 1, _ALIKE)
        if near and outcome.key not in returns:
            yield hint(
                resource,
                "unknown-outcome",
                outcome.flow_id,
                f"“{outcome.label}”的结果“{outcome.key}”不算退回；是否应为“{near[0]}”？",
                f"the outcome {outcome.key!r} is no return; did you mean {near[0]!r}?",
            )


def _targets(resource: Resource, element: Element, tasks: set[str]) -> Iterator[Finding]:
    names = names_in(element.properties.get("return.targets", ""))
    for name in names:
        if name not in WORDS and name not in tasks:
            yield fault(
                resource,
                "unknown-target",
                element,
                f"return.targets 中的“{name}”既不是本流程包的用户任务，也不是"
                f"{'、'.join(sorted(WORDS))}。",
                f"return.targets names {name!r}, which is neither a user task of this package nor"
                f" one of {', '.join(sorted(WORDS))}",
            )
    if "none" in names and len(names) > 1:
        yield fault(
            resource,
            "unknown-target",
            element,
            "return.targets 写了 none 就不能再写其他目标。",
            "return.targets says none and something else",
        )


def _reliance(subject: Subject, resource: Resource, element: Element) -> Iterator[Finding]:
    for name in names_in(element.properties.get("relies", "")):
        form_id, _, path = name.partition("#")
        if not subject.layers(ResourceKind.FORM, form_id, BASE):
            yield fault(
                resource,
                "unknown-form",
                element,
                f"relies 中的表单“{form_id}”不存在，请改正。",
                f"relies names the form {form_id!r}, which does not exist",
            )
            continue
        form = subject.form(form_id)
        if path and form is not None and form.component(path) is None:
            yield fault(
                resource,
                "unknown-field",
                element,
                f"relies 中的字段“{path}”不在表单“{form_id}”中，请改正。",
                f"relies names the field {path!r}, which {form_id!r} does not have",
            )


def _outside(subject: Subject, resource: Resource, element: Element) -> Iterator[Finding]:
    """Check what a party outside of the office may correct."""
    offered = "outside" in names_in(element.properties.get("return.targets", ""))
    text = element.properties.get(FIELDS, "")
    if offered != bool(text) or (WITHIN in element.properties and not offered):
        yield fault(
            resource,
            "outside",
            element,
            "退回外部单位须同时写 return.targets=outside 和 outside.fields（可补正的字段）。",
            "return.targets=outside and outside.fields belong together",
        )
        return
    try:
        wanted = Slice.read(text) if text else None
    except ValueError:
        return  # the vocabulary says so
    if wanted is None:
        return
    form = subject.form(wanted.form_id)
    if form is None and subject.layers(ResourceKind.FORM, wanted.form_id, BASE):
        return  # it cannot be read, which its own check says
    for key in wanted.keys:
        component = form.component(key) if form else None
        if component is None or (isinstance(component, ChoiceField) and component.lookup):
            yield fault(
                resource,
                "outside",
                element,
                f"outside.fields 中的“{wanted.form_id}#{key}”不是表单第一层的字段，"
                "或其选项须登录后才能查询，请改正。",
                f"outside.fields names {wanted.form_id}#{key}, which is no field that can be"
                " filled in without a log-in",
            )
