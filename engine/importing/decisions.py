"""Business rule tasks and Flowable's decision tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import name_of
from engine.importing import handlers, mappings
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    content,
    extensions,
    find_zeebe,
    remove,
    rename,
    take,
    vendor_children,
    write,
    write_mapping,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

#: Fields by which Flowable's decision task names its table or service.
_REFERENCES: Final = ("decisionTableReferenceKey", "decisionServiceReferenceKey")
_DROOLS: Final = ("rules", "ruleVariablesInput", "exclude")


def convert(node: _Element, draft: Draft) -> None:
    """Convert one business rule task."""
    _drools(node, draft)
    reference = take(node, "decisionRef")
    if reference:
        _camunda(node, draft, reference)
    else:
        handlers.convert(node, draft)
    unfinished = find_zeebe(node, "calledDecision") is None
    if unfinished and find_zeebe(node, "taskDefinition") is None:
        _nothing(node, draft)


def convert_flowable(node: _Element, draft: Draft) -> bool:
    """Make a business rule task of ``serviceTask type="dmn"``; tell whether it is one."""
    is_dmn = any(
        str(key).endswith("}type") and value == "dmn" for key, value in node.attrib.items()
    )
    if not is_dmn:
        return False
    take(node, "type")
    reference = ""
    for injected in extensions(node, "field"):
        if injected.get("name") in _REFERENCES:
            reference = injected.get("stringValue") or next(
                (content(child) for child in vendor_children(injected)), ""
            )
        else:
            text = f"field {injected.get('name')}: {mappings.written(injected)}"
            draft.report.change(node, ChangeKind.DECISION, text, "")
        remove(injected)
    before = name_of(node)[1]
    rename(node, "businessRuleTask")
    draft.report.change(node, ChangeKind.TAG, before, "businessRuleTask")
    result = _result_variable(node, draft)
    _write(node, draft, f"dmn {reference}", (reference, result))
    draft.report.warn(
        "decision-result",
        node,
        f"原引擎把决策的每个输出写成流程变量；这里整个结果写入变量“{result}”，请核对后续条件。",
        f"The original writes every output as a variable; here the result goes to {result!r}."
        " Check the conditions that follow.",
    )
    return True


def _camunda(node: _Element, draft: Draft, reference: str) -> None:
    shape = take(node, "mapDecisionResult") or "resultList"
    binding = take(node, "decisionRefBinding")
    version = take(node, "decisionRefVersion") or take(node, "decisionRefVersionTag")
    if tenant := take(node, "decisionRefTenantId"):
        draft.report.change(node, ChangeKind.DECISION, f"decisionRefTenantId={tenant}", "")
    if draft.is_foreign(reference):
        draft.report.refuse(
            "decision-expression",
            node,
            f"决策由表达式“{reference}”选择；请固定决策，或用网关分别画出。",
            f"The expression {reference!r} chooses the decision; name one, or draw a gateway.",
        )
        write_property(node, KEPT + "decision", reference)
        reference = ""  # so that the reader refuses the copy as well
    result = _result_variable(node, draft)
    _write(node, draft, f"{reference} {binding} {version} {shape}", (reference, result))
    if version or binding == "version":
        draft.report.warn(
            "version-binding",
            node,
            f"原来固定决策版本“{version}”；本引擎在启动时固定版本，请确认。",
            f"The original uses decision version {version!r}; here it is pinned at the start.",
        )
    if shape != "singleEntry":
        draft.report.warn(
            "decision-result",
            node,
            f"结果映射方式“{shape}”与本引擎不同：单个输出直接是值，多个输出是一个上下文。"
            "请核对后续条件。",
            f"The result mapping {shape!r} differs: here one output is the value itself, several"
            " are a context. Check the conditions that follow.",
        )


def _result_variable(node: _Element, draft: Draft) -> str:
    found = take(node, "resultVariable") or take(node, "resultVariableName")
    if found:
        draft.report.change(node, ChangeKind.DECISION, f"resultVariable={found}", found)
        return found
    made = f"{(node.get('id') or '').replace('-', '_')}_result"
    draft.report.change(node, ChangeKind.DECISION, "", f"resultVariable={made}")
    return made


def _write(node: _Element, draft: Draft, before: str, called: tuple[str, str]) -> None:
    reference, result = called
    write(node, "calledDecision", {"decisionId": reference, "resultVariable": result})
    draft.report.change(
        node, ChangeKind.DECISION, " ".join(before.split()), f"{reference} → {result}"
    )


def _drools(node: _Element, draft: Draft) -> None:
    found = {name: take(node, name) for name in _DROOLS}
    if found["rules"] or found["ruleVariablesInput"]:
        written = handlers.own_type(node, draft)
        write_property(node, KEPT + "rules", found["rules"] or "*")
        write(node, "taskDefinition", {"type": written})
        given = " ".join(f"{name}={value}" for name, value in found.items() if value)
        draft.report.change(node, ChangeKind.DECISION, given, written)
        if result := take(node, "resultVariable") or take(node, "resultVariableName"):
            write_mapping(node, "output", "=result", result)
            draft.report.change(node, ChangeKind.MAPPING, f"resultVariable={result}", "=result")
        _ask(node, draft, f"Drools {found['rules']}".strip(), written)


def _nothing(node: _Element, draft: Draft) -> None:
    written = handlers.own_type(node, draft)
    write(node, "taskDefinition", {"type": written})
    draft.report.change(node, ChangeKind.HANDLER, "", written)
    _ask(node, draft, "-", written)


def _ask(node: _Element, draft: Draft, rules: str, written: str) -> None:
    draft.report.warn(
        "decision-missing",
        node,
        f"没有可用的 DMN 决策（{rules}），暂用处理程序“{written}”；建议改为决策表。",
        f"There is no DMN decision ({rules}); the handler {written!r} stands for it. A decision"
        " table would be better.",
    )
