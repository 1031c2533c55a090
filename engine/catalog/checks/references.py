"""Everything that a model or a form names must exist, on every rung where it is used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from engine.catalog.checks.subject import fault
from engine.catalog.resources import ResourceKind, need, split_need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

_NAMES: Final = {
    ResourceKind.PROCESS: ("流程", "process"),
    ResourceKind.DECISION: ("决策", "decision"),
    ResourceKind.FORM: ("表单", "form"),
}


def check_references(subject: Subject) -> Iterator[Finding]:
    """Check called processes and decisions, forms, handlers and lookups."""
    for resource, _model, element in subject.elements:
        for text in _needs_of(element):
            yield from _missing(subject, resource, element, text)
        job_type = element.job_type
        if job_type and job_type not in subject.registry.names():
            yield fault(
                resource,
                "unknown-handler",
                element,
                f"处理程序“{job_type}”不存在，请在 handlers/ 中添加或改正 taskDefinition 的 type。",
                f"no handler is named {job_type!r}",
            )
    yield from _lookups(subject)
    yield from _public_form(subject)


def _public_form(subject: Subject) -> Iterator[Finding]:
    """Check that what is open to everybody has a form that can be filled in without a matter."""
    info = subject.package.info
    if not info.public_unit:
        return
    if not subject.layers(ResourceKind.FORM, info.public_form, ""):
        yield fault(
            subject.package.of_kind(ResourceKind.INFO)[0],
            "unknown-form",
            "public_form",
            f"公开表单“{info.public_form}”不存在，请补充文件或改正 public_form。",
            f"public form {info.public_form!r} does not exist",
        )


def _needs_of(element: Element) -> list[str]:
    found = [
        (ResourceKind.PROCESS, element.called_process),
        (ResourceKind.DECISION, element.called_decision.decision_id)
        if element.called_decision
        else (ResourceKind.DECISION, None),
        (ResourceKind.FORM, element.user_task.form_id if element.user_task else None),
    ]
    documents = element.properties.get("documents", "").split(",")
    found += [(ResourceKind.FORM, name.strip()) for name in documents]
    decisions = element.properties.get("decisions", "").split(",")
    found += [(ResourceKind.DECISION, name.strip()) for name in decisions]
    return [need(kind, name) for kind, name in found if name]


def _missing(
    subject: Subject, resource: Resource, element: Element, text: str
) -> Iterator[Finding]:
    if text in subject.known:
        return
    kind, name = split_need(text)
    lacking = [
        region
        for region in subject.regions_with(resource)
        if not subject.layers(kind, name, region)
    ]
    if not lacking:
        return
    zh, en = _NAMES[kind]
    where = lacking[0] or "基础版本"
    yield fault(
        resource,
        f"unknown-{en}",
        element,
        f"{zh}“{name}”不存在（{where}），请补充文件或改正引用。",
        f"{en} {name!r} does not exist ({lacking[0] or 'base'})",
    )


def _lookups(subject: Subject) -> Iterator[Finding]:
    """Check overlays; a whole form's lookups are checked with the form."""
    for resource in subject.package.of_kind(ResourceKind.FORM):
        if not resource.overlay:
            continue
        for key, name in _lookups_in(_json(subject.content(resource)), ""):
            if name not in subject.registry.lookup_names():
                yield fault(
                    resource,
                    "unknown-lookup",
                    key,
                    f"选项来源“{name}”不存在，请在 handlers/ 中添加或改正 lookup。",
                    f"no lookup is named {name!r}",
                )


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _lookups_in(data: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield ``(component key, lookup name)`` from form-js JSON."""
    if isinstance(data, list):
        for item in data:
            yield from _lookups_in(item, key)
    elif isinstance(data, dict):
        here = str(data.get("key") or key)
        properties = data.get("properties")
        name = properties.get("lookup") if isinstance(properties, dict) else None
        if isinstance(name, str) and name:
            yield here, name
        for value in data.values():
            yield from _lookups_in(value, here)
