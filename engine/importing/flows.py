"""Conditions of sequence flows, and the flow that is taken when none is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.bpmn.expressions import syntax_error
from engine.bpmn.xmlnames import BPMN, first, name_of, text_of
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.juel.written import quoted
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import KEPT, XSI, drop_attribute, take, write_property

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_UNCONDITIONAL: Final = ("parallelGateway", "eventBasedGateway")
_CHOICES: Final = ("exclusiveGateway", "inclusiveGateway")
_KEYS: Final = {
    "approve": ("同意", "通过", "批准", "审批通过", "是", "yes", "approve", "approved", "ok"),
    "return": ("退回", "驳回", "退回修改", "return", "send back", "rework"),
    "reject": ("不同意", "不通过", "拒绝", "否", "no", "reject", "rejected", "decline"),
}


def convert(draft: Draft) -> None:
    """Convert the conditions of all flows, then look at every choice."""
    nodes = {node.get("id"): node for node in draft.nodes()}
    leaving: dict[str, list[_Element]] = {}
    for flow in draft.flows():
        leaving.setdefault(flow.get("sourceRef") or "", []).append(flow)
        _skip(flow, draft)
        _condition(flow, nodes.get(flow.get("sourceRef")), draft)
    for key, flows in leaving.items():
        node = nodes.get(key)
        if node is not None:
            _defaults(node, flows, draft)
            if name_of(node)[1] in _CHOICES and len(flows) > 1:
                _choice(node, flows, draft)


def _skip(flow: _Element, draft: Draft) -> None:
    if text := take(flow, "skipExpression"):
        draft.report.change(flow, ChangeKind.CONDITION, f"skipExpression={text}", "")


def _condition(flow: _Element, source: _Element | None, draft: Draft) -> None:
    holder = first(flow, "conditionExpression")
    if holder is None:
        return
    text = text_of(holder) or take(holder, "resource")
    local = name_of(source)[1] if source is not None else ""
    if not text or local in _UNCONDITIONAL:
        flow.remove(holder)
        draft.report.change(flow, ChangeKind.CONDITION, text or "-", "")
        return
    language = drop_attribute(holder, "language").lower()
    if not text.startswith("="):
        _translate(flow, holder, text, language, draft)


def _translate(flow: _Element, holder: _Element, text: str, language: str, draft: Draft) -> None:
    try:
        written = _feel(text, holder, language)
    except JuelError as error:
        draft.give_up(flow, ChangeKind.CONDITION, text, error, needed=True)
        holder.text = text  # without “=”: the reader refuses it and shows it
        return
    holder.text = "=" + written
    holder.set(f"{{{XSI}}}type", holder.get(f"{{{XSI}}}type") or _formal(holder))
    draft.report.change(flow, ChangeKind.CONDITION, text, holder.text)
    if not is_expression(text):
        draft.report.warn(
            "condition-guessed",
            flow,
            f"条件“{text}”没有写成表达式，已按“{holder.text}”理解，请确认。",
            f"The condition {text!r} is not marked as an expression; it was read as"
            f" {holder.text!r}. Please confirm.",
        )


def _formal(holder: _Element) -> str:
    return f"{holder.prefix}:tFormalExpression" if holder.prefix else "tFormalExpression"


def _feel(text: str, holder: _Element, language: str) -> str:
    """Return a condition as FEEL.

    Raises:
        JuelError: it is neither JUEL nor FEEL nor a plain comparison in another language.
    """
    if take(holder, "resource"):
        raise JuelError("条件在外部脚本文件中。", "The condition is in a script file.")
    if is_expression(text):
        return translate(text)
    try:
        return translate(text, bare=True)
    except JuelError:
        if language or syntax_error(text) is not None or not any(sign in text for sign in "=<>("):
            raise
    return text


def _defaults(node: _Element, flows: list[_Element], draft: Draft) -> None:
    """Remove the condition of the default flow, and a default that leads nowhere."""
    default = node.get("default")
    if not default:
        return
    if default not in [flow.get("id") for flow in flows]:
        del node.attrib["default"]
        draft.report.change(node, ChangeKind.DEFAULT, default, "")
    for flow in flows:
        holder = first(flow, "conditionExpression")
        if flow.get("id") == default and holder is not None:
            write_property(flow, KEPT + "condition", text_of(holder))
            flow.remove(holder)
            draft.report.change(flow, ChangeKind.CONDITION, text_of(holder), "")


def _choice(node: _Element, flows: list[_Element], draft: Draft) -> None:
    """Give the flows of a choice that have no condition the meaning that they have there."""
    open_flows = [
        flow
        for flow in flows
        if first(flow, "conditionExpression") is None and flow.get("id") != node.get("default")
    ]
    if not open_flows:
        return
    is_exclusive = name_of(node)[1] == "exclusiveGateway"
    if is_exclusive and draft.is_drawing and _outcomes(node, flows, open_flows, draft):
        return
    last = flows[-1]
    can_default = node.get("default") is None and open_flows == [last] and is_exclusive
    if can_default or (draft.is_drawing and len(open_flows) == 1 and is_exclusive):
        _make_default(node, open_flows[0], draft)
    elif not draft.is_drawing and (len(open_flows) < len(flows) or not is_exclusive):
        for flow in open_flows:  # theirs counts as true, in the order of the file
            _write(flow, "=true")
            draft.report.change(flow, ChangeKind.CONDITION, "", "=true")


def _make_default(node: _Element, flow: _Element, draft: Draft) -> None:
    if not flow.get("id"):
        return
    node.set("default", flow.get("id") or "")
    draft.report.change(node, ChangeKind.DEFAULT, "", flow.get("id") or "")


def _outcomes(
    node: _Element, flows: list[_Element], open_flows: list[_Element], draft: Draft
) -> bool:
    """Read named flows behind a user task as the choices of the person; tell whether they are."""
    sources = [flow for flow in draft.flows() if flow.get("targetRef") == node.get("id")]
    users = {task.get("id") for task in draft.nodes("userTask")}
    names = [(flow.get("name") or "").strip() for flow in open_flows]
    behind_user = bool(sources) and all(flow.get("sourceRef") in users for flow in sources)
    named = all(names) and len(set(names)) == len(names)
    if not behind_user or not named or len(open_flows) != len(flows):
        return False
    keys = [_key(name) for name in names]
    if len(set(keys)) < len(keys):
        keys = names
    for flow, key in zip(open_flows, keys, strict=True):
        written = f"=outcome = {quoted(key)}"
        _write(flow, written)
        draft.report.change(flow, ChangeKind.CONDITION, "", written)
    draft.report.warn(
        "condition-invented",
        node,
        "网关的连线没有条件，已把连线名称作为上一用户任务的办理结果，请确认。",
        "The flows of the gateway have no conditions; their names became the outcomes of the user"
        " task before. Please confirm.",
    )
    return True


def _key(name: str) -> str:
    for key, names in _KEYS.items():
        if name.lower().rstrip("?？") in names:
            return key
    return name


def _write(flow: _Element, text: str) -> None:
    holder = etree.SubElement(flow, f"{{{BPMN}}}conditionExpression")
    holder.text = text
    holder.set(f"{{{XSI}}}type", _formal(holder))
