"""Names in BPMN files: namespaces, tags, and small readers for attributes and children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
#: Extensions of designers that only concern drawing and the designer itself.
DECORATION: Final = frozenset(
    {
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://bpmn.io/schema/bpmn",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://camunda.org/schema/modeler/1.0",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
    }
)

NODE_TAGS: Final = {
    "task": ElementKind.TASK,
    "userTask": ElementKind.USER_TASK,
    "manualTask": ElementKind.MANUAL_TASK,
    "serviceTask": ElementKind.SERVICE_TASK,
    "scriptTask": ElementKind.SCRIPT_TASK,
    "businessRuleTask": ElementKind.BUSINESS_RULE_TASK,
    "sendTask": ElementKind.SEND_TASK,
    "receiveTask": ElementKind.RECEIVE_TASK,
    "callActivity": ElementKind.CALL_ACTIVITY,
    "subProcess": ElementKind.SUB_PROCESS,
    "transaction": ElementKind.TRANSACTION,
    "adHocSubProcess": ElementKind.AD_HOC_SUB_PROCESS,
    "exclusiveGateway": ElementKind.EXCLUSIVE_GATEWAY,
    "parallelGateway": ElementKind.PARALLEL_GATEWAY,
    "inclusiveGateway": ElementKind.INCLUSIVE_GATEWAY,
    "eventBasedGateway": ElementKind.EVENT_BASED_GATEWAY,
    "complexGateway": ElementKind.COMPLEX_GATEWAY,
    "startEvent": ElementKind.START_EVENT,
    "endEvent": ElementKind.END_EVENT,
    "intermediateCatchEvent": ElementKind.CATCH_EVENT,
    "intermediateThrowEvent": ElementKind.THROW_EVENT,
    "boundaryEvent": ElementKind.BOUNDARY_EVENT,
}
#: Drawn for people; they do not change how a process runs.
DOCUMENTATION_TAGS: Final = frozenset(
    {
        "documentation",
        "textAnnotation",
        "group",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "property",
        "auditing",
        "monitoring",
        "category",
        "categoryValueRef",
    }
)


def name_of(node: _Element) -> tuple[str, str]:
    """Return (namespace, local name); ``("", "")`` for comments."""
    tag: object = node.tag
    if not isinstance(tag, str):
        return "", ""
    namespace, _, local = tag.rpartition("}")
    return namespace.lstrip("{"), local


def bpmn_children(node: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the children in the BPMN namespace, only ``tags`` when given."""
    for child in node:
        namespace, local = name_of(child)
        if namespace == BPMN and (not tags or local in tags):
            yield child


def zeebe_extensions(node: _Element) -> Iterator[_Element]:
    """Yield the ``zeebe:`` children of the extension elements."""
    for holder in bpmn_children(node, "extensionElements"):
        for child in holder:
            if name_of(child)[0] == ZEEBE:
                yield child


def first(node: _Element, tag: str) -> _Element | None:
    """Return the first BPMN child with that tag."""
    return next(bpmn_children(node, tag), None)


def text_of(node: _Element | None) -> str:
    """Return the trimmed text, ``""`` without."""
    return (node.text or "").strip() if node is not None else ""


def flag(node: _Element, name: str, *, default: bool) -> bool:
    """Return an ``xsd:boolean`` attribute."""
    value = node.get(name)
    return default if value is None else value.strip() in ("true", "1")


def place(node: _Element) -> tuple[str, int]:
    """Return (element id, line) for a finding."""
    line: object = node.sourceline
    return node.get("id") or "", line if isinstance(line, int) else 0
