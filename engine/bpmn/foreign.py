"""Refuses what other products wrote into the file and what no rule would ever look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.data_objects import is_connected
from engine.bpmn.xmlnames import BPMN, DECORATION, ZEEBE, name_of, place

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.bpmn.findings import Findings

#: (tag, attribute): values that change nothing, what to do instead of any other value.
_ATTRIBUTES: Final = {
    ("eventBasedGateway", "instantiate"): (("false",), "请改画消息开始事件"),
    ("eventBasedGateway", "eventGatewayType"): (("Exclusive",), "请改用并行网关加捕获事件"),
    ("receiveTask", "instantiate"): (("false",), "请改画消息开始事件"),
    ("compensateEventDefinition", "waitForCompletion"): (("true",), "补偿总是等待完成，请勾选等待"),
    ("multiInstanceLoopCharacteristics", "behavior"): (("All",), "请改用输出集合和完成条件"),
    ("formDefinition", "formKey"): (("",), "请改用 formId"),
    ("transaction", "method"): (("##Compensate",), "请删除该属性"),
    ("adHoc", "outputCollection"): (("",), "请改用输出映射"),
    ("adHoc", "outputElement"): (("",), "请改用输出映射"),
    ("calledElement", "bindingType"): (("latest", "deployment"), "版本随流程包一起固定"),
    ("calledDecision", "bindingType"): (("latest", "deployment"), "版本随流程包一起固定"),
    ("formDefinition", "bindingType"): (("latest", "deployment"), "版本随流程包一起固定"),
}
_ONLY_DRAWN: Final = frozenset({"dataInputAssociation", "dataOutputAssociation", "ioSpecification"})


def check_foreign(process: _Element, findings: Findings) -> None:
    """Look at every element and attribute below ``process``."""
    for node in process.iter():
        namespace, local = name_of(node)
        if not local or namespace in DECORATION:
            continue
        if namespace not in (BPMN, ZEEBE):
            _foreign_element(node, namespace, local, findings)
            continue
        _attributes(node, local, findings)
        if local in _ONLY_DRAWN and not is_connected(node, process):
            findings.warning(
                "only-drawn",
                _place(node),
                "这个数据关联没有连到数据对象，只作说明；请用输入输出映射。",
                "This data association leads to no data object and is documentation; use mappings.",
            )


def _place(node: _Element) -> tuple[str, int]:
    """Return the id of the innermost BPMN element around ``node``, and the line."""
    line = place(node)[1]
    holder: _Element | None = node
    while holder is not None:
        if name_of(holder)[0] == BPMN and holder.get("id") and not _is_detail(holder):
            return holder.get("id") or "", line
        holder = holder.getparent()
    return "", line


def _is_detail(node: _Element) -> bool:
    local = name_of(node)[1]
    return local.endswith(("Definition", "Characteristics", "Association", "Specification"))


def _foreign_element(node: _Element, namespace: str, local: str, findings: Findings) -> None:
    parent = node.getparent()
    if parent is not None and name_of(parent)[0] not in (BPMN, ZEEBE):
        return  # its parent has been refused already
    findings.error(
        "unsupported-extension",
        _place(node),
        f"不支持扩展元素“{local}”（{namespace}），请用导入功能转换后再部署。",
        f"The extension element {local!r} ({namespace}) is not supported; import the file first.",
    )


def _attributes(node: _Element, local: str, findings: Findings) -> None:
    for key, value in ((str(key), str(value)) for key, value in node.attrib.items()):
        namespace, _, name = key.rpartition("}")
        namespace = namespace.lstrip("{")
        if namespace and namespace not in DECORATION and namespace not in (ZEEBE, BPMN):
            findings.error(
                "foreign-attribute",
                _place(node),
                f"属性“{name}”属于其他产品的方言（{namespace}），请用导入功能转换后再部署。",
                f"The attribute {name!r} belongs to another dialect ({namespace}); import the"
                " file first.",
            )
        harmless = _ATTRIBUTES.get((local, name))
        if harmless is not None and value not in harmless[0]:
            findings.error(
                "unsupported-attribute",
                _place(node),
                f"不支持 {name}=“{value}”；{harmless[1]}。",
                f"{name}={value!r} is not supported; leave it at its default.",
            )
