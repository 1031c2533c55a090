"""The forms of user tasks: fields become form-js files, references are kept or flagged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.xmlnames import ZEEBE, bpmn_children, name_of
from engine.forms import inspect_form
from engine.importing.form_fields import component
from engine.importing.juel import JuelError
from engine.importing.juel.written import simple_name
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    content,
    extensions,
    find_zeebe,
    remove,
    take,
    vendor_children,
    write,
    write_mapping,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_EMBEDDED: Final = "camunda-forms:bpmn:"


def convert(node: _Element, draft: Draft) -> None:
    """Convert the form of one user task."""
    key, reference = take(node, "formKey"), take(node, "formRef")
    binding, version = take(node, "formRefBinding"), take(node, "formRefVersion")
    fields = _fields(node, draft)
    if fields:
        _generate(node, draft, fields)
    elif reference:
        written = draft.feel(node, ChangeKind.FORM, reference)
        if written == reference:
            draft.report.change(node, ChangeKind.FORM, f"formRef={reference}", reference)
        write(node, "formDefinition", {"formId": written})
        draft.opaque_forms.append(node)
        _ask_for_file(node, draft, reference, f"{binding} {version}".strip())
    if key:
        _outside(node, draft, key, drawn=bool(fields))
    if (definition := find_zeebe(node, "formDefinition")) is not None and not fields:
        _ours(node, definition, draft)


def convert_start(node: _Element, draft: Draft) -> None:
    """Convert the form of a start event: it is generated for the first user task."""
    key = take(node, "formKey") or take(node, "formRef")
    fields = _fields(node, draft)
    definition = find_zeebe(node, "formDefinition")
    if definition is not None:
        key = definition.get("formId") or definition.get("formKey") or key
        remove(definition)
    if not fields and not key:
        return
    if fields:
        _write_file(node, draft, {"components": fields})
    if key:
        write_property(node, KEPT + "form", key)
        draft.report.change(node, ChangeKind.FORM, key, "")
    draft.report.warn(
        "start-form",
        node,
        "开始事件的表单不会显示：本引擎由第一个用户任务填写，请把表单配置到该任务。",
        "The form of a start event is not shown: here the first user task is where people fill"
        " in; give the form to that task.",
    )


def _fields(node: _Element, draft: Draft) -> list[dict[str, Any]]:
    found = []
    for holder in extensions(node, "formData", "formProperty"):
        if name_of(holder)[1] == "formProperty":
            sources = [holder]
        else:
            sources = list(vendor_children(holder, "formField"))
        found += [component(source, node, draft) for source in sources]
        remove(holder)
    return found


def _generate(node: _Element, draft: Draft, fields: list[dict[str, Any]]) -> None:
    form_id = _write_file(node, draft, {"components": fields})
    write(node, "formDefinition", {"formId": form_id})
    for one in fields:
        if not one.get("readonly"):
            _output(node, draft, one["key"])


def _output(node: _Element, draft: Draft, key: str) -> None:
    """Let an answer become a variable, as it does in the original."""
    try:
        source = "=" + simple_name(key)
    except JuelError as error:
        source = draft.give_up(node, ChangeKind.FIELD, key, error, needed=True)
    write_mapping(node, "output", source, key)
    draft.report.change(node, ChangeKind.MAPPING, "", f"output {key}")


def _write_file(node: _Element, draft: Draft, source: dict[str, Any]) -> str:
    """Put a form file beside the model and return its id; what is wrong with it is reported."""
    element_id = node.get("id") or ""
    form_id = f"{draft.process_id}.{element_id}"
    form = {**source, "schemaVersion": 19, "type": "default", "id": form_id}
    data = (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()
    name = f"{draft.process_id}/{element_id}.form"
    draft.forms[name] = data
    draft.report.change(node, ChangeKind.FORM, "", name)
    draft.report.findings.extend(inspect_form(data, name).findings)
    return form_id


def _outside(node: _Element, draft: Draft, key: str, *, drawn: bool) -> None:
    """Keep the name of a form in another technology; a page of ours has to be drawn."""
    write_property(node, KEPT + "formKey", key)
    draft.report.change(node, ChangeKind.FORM, f"formKey={key}", f"{KEPT}formKey")
    if not drawn:
        draft.report.warn(
            "form-to-draw",
            node,
            f"表单“{key}”是其他技术的页面，请在本引擎中重新设计表单。",
            f"The form {key!r} is a page of another technology; draw it again here.",
        )


def _ask_for_file(node: _Element, draft: Draft, form_id: str, binding: str) -> None:
    note = f"（{binding}）" if binding else ""
    draft.report.warn(
        "form-file",
        node,
        f"引用了表单“{form_id}”{note}，请把该表单文件一并放入流程包。",
        f"It refers to the form {form_id!r} {binding}; put that file into the package as well.",
    )


def _ours(node: _Element, definition: _Element, draft: Draft) -> None:
    """Take a form that the file embeds (Camunda 8), or remember that its fields are unknown."""
    key = definition.get("formKey") or ""
    embedded = _embedded(draft, key.removeprefix(_EMBEDDED)) if key else None
    if embedded is not None:
        holder, source = embedded
        form_id = _write_file(node, draft, source)
        remove(holder)
        definition.attrib.clear()
        definition.set("formId", form_id)
        draft.report.change(node, ChangeKind.FORM, key, form_id)
        for name in _keys(source):
            _output(node, draft, name)
    elif key:
        remove(definition)
        _outside(node, draft, key, drawn=False)
    elif definition.get("formId") and node not in draft.opaque_forms:
        draft.opaque_forms.append(node)
        _ask_for_file(node, draft, definition.get("formId") or "", "")


def _embedded(draft: Draft, key: str) -> tuple[_Element, dict[str, Any]] | None:
    for holder in list(bpmn_children(draft.process, "extensionElements")):
        for child in holder:
            if name_of(child) == (ZEEBE, "userTaskForm") and child.get("id") == key:
                try:
                    source = json.loads(content(child))
                except ValueError:
                    return None
                return (child, source) if isinstance(source, dict) else None
    return None


def _keys(source: dict[str, Any]) -> list[str]:
    """Return the keys of the answers of a form; groups with a path count as one."""
    found = []
    for one in source.get("components") or []:
        name = one.get("path") or one.get("key")
        if isinstance(name, str) and name:
            found.append(name)
        elif one.get("type") == "group":
            found += _keys(one)
    return found
