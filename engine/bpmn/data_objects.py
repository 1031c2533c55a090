"""Data objects: variables of the scope in which they are drawn, named by the data object's id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.bpmn.xmlnames import BPMN, bpmn_children, name_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.bpmn.model import Element


def data_objects(process: _Element) -> dict[str, str | None]:
    """Return, by data object id, the sub-process in which it is drawn (``None``: the process)."""
    found: dict[str, str | None] = {}
    for node in process.iter(f"{{{BPMN}}}dataObject"):
        holder = node.getparent()
        inside = holder is not None and name_of(holder)[1] != "process"
        found[node.get("id") or ""] = holder.get("id") if inside and holder is not None else None
    return found


def with_data_objects(process: _Element, elements: dict[str, Element]) -> dict[str, Element]:
    """Put what data associations connect with data objects into the elements."""
    known = data_objects(process)
    meant = {key: key for key in known}
    for node in process.iter(f"{{{BPMN}}}dataObjectReference"):
        target = node.get("dataObjectRef") or ""
        if target in known:
            meant[node.get("id") or ""] = target
    for node in process.iter(f"{{{BPMN}}}dataInputAssociation", f"{{{BPMN}}}dataOutputAssociation"):
        holder = node.getparent()
        element = elements.get((holder.get("id") if holder is not None else None) or "")
        reads = name_of(node)[1] == "dataInputAssociation"
        ends = bpmn_children(node, "sourceRef" if reads else "targetRef")
        names = tuple(meant[text_of(end)] for end in ends if text_of(end) in meant)
        if element is None:
            continue
        changed = (
            replace(element, data_inputs=element.data_inputs + names)
            if reads
            else replace(element, data_outputs=element.data_outputs + names)
        )
        elements[element.id] = changed
    return elements


def is_connected(association: _Element, process: _Element) -> bool:
    """Tell whether a data association leads from or to a data object."""
    known = data_objects(process)
    names = set(known) | {
        node.get("id") or ""
        for node in process.iter(f"{{{BPMN}}}dataObjectReference")
        if node.get("dataObjectRef") in known
    }
    return any(text_of(end) in names for end in bpmn_children(association))
