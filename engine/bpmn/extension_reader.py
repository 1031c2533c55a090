"""Reads the ``zeebe:`` extension elements of one element; what it does not know is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.facts import CalledDecision, IoMapping, Script, UserTaskSpec
from engine.bpmn.xmlnames import ZEEBE, bpmn_children, name_of, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from engine.bpmn.findings import Findings

#: Read elsewhere (loops, ad-hoc, messages) or without meaning for the run.
_ELSEWHERE: Final = frozenset(
    {"loopCharacteristics", "adHoc", "subscription", "userTask", "versionTag"}
)
_INSTEAD: Final = {
    "executionListeners": ("请改画服务任务", "draw service tasks instead of listeners"),
    "taskListeners": ("请改画服务任务", "draw service tasks instead of listeners"),
    "userTaskForm": ("请把表单存为单独的 .form 文件", "keep the form in a .form file of its own"),
    "linkedResources": ("请用服务任务的输入映射", "use input mappings of the service task"),
}


def read_extensions(node: _Element, findings: Findings) -> dict[str, Any]:
    """Return constructor values of ``Element`` from the extension elements of ``node``."""
    values: dict[str, Any] = {}
    for holder in bpmn_children(node, "extensionElements"):
        for extension in holder:
            _read_one(extension, node, values, findings)
    return values


def _read_one(
    extension: _Element, node: _Element, values: dict[str, Any], findings: Findings
) -> None:
    namespace, local = name_of(extension)
    if namespace != ZEEBE or local in _ELSEWHERE:
        return  # other namespaces are looked at by ``foreign``
    reader = _READERS.get(local)
    if reader is None:
        instead = _INSTEAD.get(local, ("请删除或改用导入功能转换", "remove it or use the import"))
        findings.error(
            "unsupported-extension",
            place(node),
            f"不支持扩展元素“{local}”，{instead[0]}。",
            f"The extension element {local!r} is not supported; {instead[1]}.",
        )
        return
    _refuse_second_property(extension, node, values, findings)
    reader(extension, values)


def _refuse_second_property(
    extension: _Element, node: _Element, values: dict[str, Any], findings: Findings
) -> None:
    """Refuse a user task's property that says two things; the last one would win unseen."""
    seen = dict(values.get("properties", {}))
    for child in extension:
        name, value = child.get("name") or "", child.get("value") or ""
        if name_of(child) != (ZEEBE, "property") or name_of(node)[1] != "userTask":
            continue
        if seen.setdefault(name, value) != value:
            findings.error(
                "duplicate-property",
                place(node),
                f"属性“{name}”写了两次，请只留一个。",
                f"The property {name!r} is written twice; keep one.",
            )


def _user_task(values: dict[str, Any], **changes: Any) -> None:
    values.setdefault("user_task", {}).update(changes)


def _names(text: str) -> tuple[str, ...]:
    """Split a comma list; an expression stays whole."""
    if text.startswith("="):
        return (text,)
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _form(extension: _Element, values: dict[str, Any]) -> None:
    form_id = extension.get("formId") or extension.get("externalReference") or ""
    _user_task(values, form_id=form_id.strip())


def _assignment(extension: _Element, values: dict[str, Any]) -> None:
    _user_task(
        values,
        assignee=(extension.get("assignee") or "").strip(),
        candidate_groups=_names((extension.get("candidateGroups") or "").strip()),
        candidate_users=_names((extension.get("candidateUsers") or "").strip()),
    )


def _schedule(extension: _Element, values: dict[str, Any]) -> None:
    _user_task(
        values,
        due_date=(extension.get("dueDate") or "").strip(),
        follow_up_date=(extension.get("followUpDate") or "").strip(),
    )


def _priority(extension: _Element, values: dict[str, Any]) -> None:
    _user_task(values, priority=(extension.get("priority") or "").strip())


def _task_definition(extension: _Element, values: dict[str, Any]) -> None:
    values["job_type"] = (extension.get("type") or "").strip()
    retries = (extension.get("retries") or "").strip()
    values["retries"] = int(retries) if retries.isdigit() else 0


def _headers(extension: _Element, values: dict[str, Any]) -> None:
    values["task_headers"] = {
        child.get("key") or "": child.get("value") or ""
        for child in extension
        if name_of(child) == (ZEEBE, "header")
    }


def _properties(extension: _Element, values: dict[str, Any]) -> None:
    found = {
        child.get("name") or "": child.get("value") or ""
        for child in extension
        if name_of(child) == (ZEEBE, "property")
    }
    values["properties"] = {**values.get("properties", {}), **found}


def _mappings(extension: _Element, values: dict[str, Any]) -> None:
    for tag, key in (("input", "inputs"), ("output", "outputs")):
        values[key] = tuple(
            IoMapping(source=child.get("source") or "", target=(child.get("target") or "").strip())
            for child in extension
            if name_of(child) == (ZEEBE, tag)
        )


def _called_decision(extension: _Element, values: dict[str, Any]) -> None:
    decision_id = (extension.get("decisionId") or "").strip()
    if decision_id:
        values["called_decision"] = CalledDecision(
            decision_id=decision_id,
            result_variable=(extension.get("resultVariable") or "").strip(),
        )


def _called_element(extension: _Element, values: dict[str, Any]) -> None:
    values["called_process"] = (extension.get("processId") or "").strip()
    propagate = extension.get("propagateAllChildVariables", "true")
    values["propagate_all"] = propagate.strip() in ("true", "1")
    given = extension.get("propagateAllParentVariables", "true")
    values["propagate_parent"] = given.strip() in ("true", "1")


def _script(extension: _Element, values: dict[str, Any]) -> None:
    expression = (extension.get("expression") or "").strip()
    values["script"] = Script(
        expression=expression.removeprefix("=").strip(),
        result_variable=(extension.get("resultVariable") or "").strip(),
    )


_READERS: Final[dict[str, Callable[[_Element, dict[str, Any]], None]]] = {
    "formDefinition": _form,
    "assignmentDefinition": _assignment,
    "taskSchedule": _schedule,
    "priorityDefinition": _priority,
    "taskDefinition": _task_definition,
    "taskHeaders": _headers,
    "properties": _properties,
    "ioMapping": _mappings,
    "calledDecision": _called_decision,
    "calledElement": _called_element,
    "script": _script,
}


def user_task_spec(values: dict[str, Any]) -> UserTaskSpec:
    """Take the user task's values out of ``values``."""
    return UserTaskSpec(**values.pop("user_task", {}))
