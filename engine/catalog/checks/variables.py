"""Names that expressions read: fields that were renamed, and variables that are written otherwise.

What a handler returns is not known before the run, so these are warnings, and only where a name
is nearly that of something known, or a user task's mapping reads what its form does not ask.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from engine.catalog.checks.subject import hint
from engine.catalog.resources import ResourceKind
from engine.errors import WorkflowError
from engine.feel import FeelError, compile_expression
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

#: How alike two names are that one person meant to be the same.
_ALIKE: Final = 0.87


def check_variables(subject: Subject) -> Iterator[Finding]:
    """Check conditions, the mappings of user tasks, and title, number and summary."""
    labels = _labels(subject)
    written = {name for _resource, model in subject.models for name in _written(model)}
    for resource, model in subject.models:
        for flow in model.flows.values():
            for name in _names(flow.condition or ""):
                yield from _nearly(resource, flow.id, name, written, {})
        for element in model.elements.values():
            yield from _unasked(subject, resource, model, element)
    head, info = subject.package.of_kind(ResourceKind.INFO)[0], subject.package.info
    shown = [("title", info.title), ("number", info.number)]
    shown += [(f"summary[{number}].value", one.value) for number, one in enumerate(info.summary)]
    for key, text in shown:
        for name in _names(text):
            yield from _nearly(head, key, name, written | set(labels.values()), labels)


def _nearly(
    resource: Resource, place: str, name: str, known: set[str], labels: Mapping[str, str]
) -> Iterator[Finding]:
    """Report a name that is unknown and nearly a known one, or what people call it."""
    near = get_close_matches(name, known, 1, _ALIKE)
    meant = labels.get(name) or (near[0] if near else "")
    if name not in known and meant:
        yield hint(
            resource,
            "unknown-name",
            place,
            f"没有找到写入“{name}”的地方，值可能为空；是否应为“{meant}”？",
            f"nothing seems to write {name!r}, it may be null; did you mean {meant!r}?",
        )


def _unasked(
    subject: Subject, resource: Resource, model: ProcessModel, element: Element
) -> Iterator[Finding]:
    """Report what a user task's mappings read and neither its form nor the process gives."""
    form_id = element.user_task.form_id if element.user_task else ""
    if not form_id or not element.outputs:
        return
    given = {"outcome", *_written(model, but=element)} | _fields(subject, resource, form_id)
    if model.process_id != subject.package.process_id:
        given.update(*(_written(other) for _resource, other in subject.models if other != model))
    for mapping in element.outputs:
        for name in _names(mapping.source.removeprefix("=")):
            if name in given:
                continue
            yield hint(
                resource,
                "unknown-name",
                element,
                f"输出映射读取的“{name}”不是表单“{form_id}”的字段，流程也没有写入它，值可能为空；"
                "字段改名后请一并改正。",
                f"an output mapping reads {name!r}, which is no field of {form_id!r} and which"
                " nothing seems to write; it may be null",
            )


def _names(text: str) -> frozenset[str]:
    try:
        return compile_expression(text, (), OFFICE).names if text else frozenset()
    except FeelError:
        return frozenset()  # another check says so


def _written(model: ProcessModel, but: Element | None = None) -> Iterator[str]:
    """Yield the variables that the drawing of a model says that it writes."""
    for element in model.elements.values():
        decision, script, loop = element.called_decision, element.script, element.loop
        yield from (mapping.target.split(".")[0] for mapping in element.inputs)
        if element is not but:
            yield from (mapping.target.split(".")[0] for mapping in element.outputs)
        yield from (decision.result_variable,) if decision else ()
        yield from (script.result_variable,) if script else ()
        yield from (loop.element, loop.output_collection) if loop else ()
        yield from (element.vote.result,) if element.vote else ()
    yield from ("outcome", *model.data_objects)


def _fields(subject: Subject, resource: Resource, form_id: str) -> set[str]:
    """Return the first keys of a form's fields, on every rung that uses the diagram."""
    found: set[str] = set()
    for region in subject.regions_with(resource):
        form = subject.form(form_id, region)
        found.update(place.path.split(".")[0] for place in (form.places if form else ()))
    return found


def _labels(subject: Subject) -> dict[str, str]:
    """Return ``{what people call a field: its key}`` over all whole forms."""
    found: dict[str, str] = {}
    for resource in subject.package.of_kind(ResourceKind.FORM):
        if resource.overlay:
            continue
        try:
            form = subject.package.catalog.form((resource.sha256,))
        except WorkflowError:
            continue
        found |= {form.label(place.path): place.path.split(".")[0] for place in form.places}
    return found
