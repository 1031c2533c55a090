"""Reads the words of other engines in a tree, and writes ours; the only place that edits XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.bpmn.xmlnames import BPMN, ZEEBE, bpmn_children, first, name_of
from engine.importing.dialect import VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
#: Prefix of the properties in which the copy keeps what nobody could translate.
KEPT: Final = "imported."


def take(node: _Element, name: str) -> str:
    """Remove an attribute of another engine and return its trimmed value, ``""`` without."""
    for namespace in VENDORS:
        key = f"{{{namespace}}}{name}"
        if key in node.attrib:
            return str(node.attrib.pop(key)).strip()
    return ""


def vendor_name(node: _Element) -> str:
    """Return the local name of an extension element of another engine, ``""`` for others."""
    namespace, local = name_of(node)
    return local if namespace in VENDORS else ""


def vendor_children(node: _Element, *names: str) -> Iterator[_Element]:
    """Yield the children in another engine's vocabulary."""
    for child in list(node):
        local = vendor_name(child)
        if local and (not names or local in names):
            yield child


def extensions(node: _Element, *names: str) -> Iterator[_Element]:
    """Yield the extension elements of another engine."""
    for holder in list(bpmn_children(node, "extensionElements")):
        yield from vendor_children(holder, *names)


def remove(node: _Element) -> None:
    """Remove a node with the holder that it leaves empty; text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if node.tail and node.tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)
    if name_of(parent) == (BPMN, "extensionElements") and len(parent) == 0:
        remove(parent)


def insert(parent: _Element, tag: str, after: tuple[str, ...] = ("documentation",)) -> _Element:
    """Add a BPMN child behind the leading children named in ``after``."""
    position = 0
    for number, child in enumerate(parent):
        if name_of(child) in [(BPMN, name) for name in after]:
            position = number + 1
    made = etree.Element(f"{{{BPMN}}}{tag}")
    parent.insert(position, made)
    return made


def holder_of(node: _Element) -> _Element:
    """Return the extension elements of a node; they are made when missing."""
    found = first(node, "extensionElements")
    return insert(node, "extensionElements") if found is None else found


def zeebe(node: _Element, tag: str) -> _Element:
    """Return the extension element of ours with that name; it is made when missing."""
    holder = holder_of(node)
    for child in holder:
        if name_of(child) == (ZEEBE, tag):
            return child
    return etree.SubElement(holder, f"{{{ZEEBE}}}{tag}")


def find_zeebe(node: _Element, tag: str) -> _Element | None:
    """Return the extension element of ours with that name."""
    for holder in bpmn_children(node, "extensionElements"):
        for child in holder:
            if name_of(child) == (ZEEBE, tag):
                return child
    return None


def write(node: _Element, tag: str, values: Mapping[str, str]) -> None:
    """Write the non-empty values into the extension element of ours with that name."""
    for key, value in values.items():
        if value:
            zeebe(node, tag).set(key, value)


def write_property(node: _Element, name: str, value: str) -> None:
    """Add a ``zeebe:property``; several that are only kept are numbered, none is written twice."""
    properties = zeebe(node, "properties")
    present = {one.get("name"): one.get("value") for one in properties}
    number, wanted = 1, name
    while name.startswith(KEPT) and present.get(wanted, value) != value:
        number += 1
        wanted = f"{name}.{number}"
    if present.get(wanted) == value:
        return
    name = wanted
    made = etree.SubElement(properties, f"{{{ZEEBE}}}property")
    made.set("name", name)
    made.set("value", value)


def write_mapping(node: _Element, kind: str, source: str, target: str) -> None:
    """Add a ``zeebe:input`` or ``zeebe:output``; inputs stand first, a target stands once."""
    mapping = zeebe(node, "ioMapping")
    same = [child for child in mapping if name_of(child)[1] == kind]
    if any(child.get("target") == target for child in same):
        return
    made = etree.Element(f"{{{ZEEBE}}}{kind}")
    made.set("source", source)
    made.set("target", target)
    inputs = sum(name_of(child)[1] == "input" for child in mapping)
    mapping.insert(inputs if kind == "input" else len(mapping), made)


def rename(node: _Element, tag: str) -> None:
    """Change the kind of a BPMN element; its id and drawing stay."""
    node.tag = f"{{{BPMN}}}{tag}"


def drop_attribute(node: _Element, name: str) -> str:
    """Remove a plain attribute and return its value, ``""`` without."""
    return str(node.attrib.pop(name)) if name in node.attrib else ""


def content(node: _Element) -> str:
    """Return the trimmed text of a node."""
    return (node.text or "").strip()
