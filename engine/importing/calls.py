"""Call activities: what they call, and the variables in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.xmlnames import name_of
from engine.importing.juel import JuelError
from engine.importing.juel.written import simple_name
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    drop_attribute,
    extensions,
    find_zeebe,
    remove,
    take,
    write,
    write_mapping,
    write_property,
    zeebe,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft


def convert(node: _Element, draft: Draft) -> None:
    """Convert one call activity."""
    if case := take(node, "caseRef"):
        draft.report.refuse(
            "case-call",
            node,
            f"调用的是 CMMN 案例“{case}”，本引擎只能调用 BPMN 流程。",
            f"It calls the CMMN case {case!r}; only BPMN processes can be called.",
        )
    _binding(node, draft)
    inherits = _inherits(node, draft)
    called = node.get("calledElement") or ""
    if called and find_zeebe(node, "calledElement") is None:
        written = draft.feel(node, ChangeKind.CALL, called.strip())
        del node.attrib["calledElement"]
        write(node, "calledElement", {"processId": written})
        if written == called:
            draft.report.change(node, ChangeKind.CALL, f"calledElement={called}", called)
        passes_all = _variables(node, draft) or inherits
        _propagation(node, draft, passes_all=passes_all)


def _inherits(node: _Element, draft: Draft) -> bool:
    """Take Flowable's flag that the called process gets every variable."""
    text = take(node, "inheritVariables")
    if text:
        draft.report.change(node, ChangeKind.CALL, f"inheritVariables={text}", text)
    return text == "true"


def _propagation(node: _Element, draft: Draft, *, passes_all: bool) -> None:
    """Pass nothing but what is mapped, as the original does, unless it says ``all``."""
    definition = zeebe(node, "calledElement")
    if draft.is_drawing:
        return  # nobody has said anything: everything is passed
    if not passes_all:
        definition.set("propagateAllParentVariables", "false")
    returns_all = definition.get("propagateAllChildVariables") == "true"
    if not returns_all:
        definition.set("propagateAllChildVariables", "false")
    mapping = find_zeebe(node, "ioMapping")
    kinds = {name_of(child)[1] for child in mapping} if mapping is not None else set()
    if (passes_all and "input" in kinds) or (returns_all and "output" in kinds):
        _warn_mixture(node, draft)


def _binding(node: _Element, draft: Draft) -> None:
    binding = take(node, "calledElementBinding")
    version = take(node, "calledElementVersion") or take(node, "calledElementVersionTag")
    for name in ("calledElementTenantId", "calledElementType", "variableMappingClass"):
        if value := take(node, name):
            draft.report.change(node, ChangeKind.CALL, f"{name}={value}", "")
            if name == "variableMappingClass":
                _warn_class(node, draft, value)
    if not binding:
        return
    draft.report.change(node, ChangeKind.CALL, f"binding={binding} {version}".strip(), "")
    if binding in ("version", "versionTag"):
        draft.report.warn(
            "version-binding",
            node,
            f"原来固定调用版本“{version}”；本引擎按地区解析并在启动时固定版本，请确认。",
            f"The original calls version {version!r}; here the version is resolved by region and"
            " pinned at the start. Please confirm.",
        )


def _warn_class(node: _Element, draft: Draft, name: str) -> None:
    draft.report.refuse(
        "variable-mapping-class",
        node,
        f"变量由 Java 类“{name}”传递，请改用输入输出映射。",
        f"The Java class {name!r} passes the variables; use input and output mappings.",
    )
    write_property(node, KEPT + "calledElement", drop_attribute(node, "calledElement"))


def _warn_mixture(node: _Element, draft: Draft) -> None:
    draft.report.warn(
        "call-variables",
        node,
        "原来传递全部变量并另有映射；现在只传递所列的变量，请补全。",
        "The original passes all variables and some mappings; now only those that are listed are"
        " passed. Complete them.",
    )


def _variables(node: _Element, draft: Draft) -> bool:
    """Convert ``in`` and ``out``; tell whether all variables go in beside single ones."""
    whole = False
    for part in extensions(node, "in", "out"):
        kind = "input" if name_of(part)[1] == "in" else "output"
        if part.get("variables") == "all":
            whole = whole or kind == "input"
            if kind == "output":
                write(node, "calledElement", {"propagateAllChildVariables": "true"})
            draft.report.change(node, ChangeKind.MAPPING, f"{kind} all", "all")
        elif part.get("businessKey"):
            draft.report.change(
                node, ChangeKind.MAPPING, f"businessKey {part.get('businessKey')}", ""
            )
        else:
            _one(node, part, kind, draft)
        remove(part)
    return whole


def _one(node: _Element, part: _Element, kind: str, draft: Draft) -> None:
    target = (part.get("target") or "").strip()
    expression, variable = part.get("sourceExpression") or "", (part.get("source") or "").strip()
    try:
        if expression:
            source = draft.feel(node, ChangeKind.MAPPING, expression)
        else:
            source = "=" + simple_name(variable)
    except JuelError as error:
        source = draft.give_up(node, ChangeKind.MAPPING, variable, error, needed=True)
    write_mapping(node, kind, source, target)
    draft.report.change(node, ChangeKind.MAPPING, f"{kind} {variable or expression}", target)
