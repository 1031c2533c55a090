"""Breaks real files: elements and attributes deleted, doubled, moved, renamed, swapped."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[4]
FILES: Final = sorted(
    [*(ROOT / "processes").rglob("*.bpmn"), *(ROOT / "tests/engine/bpmn/elements").glob("*.bpmn")]
)
BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TAGS: Final = (
    *("userTask", "subProcess", "exclusiveGateway", "parallelGateway", "inclusiveGateway"),
    *("endEvent", "startEvent", "boundaryEvent", "intermediateCatchEvent", "eventBasedGateway"),
    *("complexGateway", "adHocSubProcess", "transaction", "callActivity", "sequenceFlow"),
    *("timerEventDefinition", "errorEventDefinition", "laneSet", "participant", "process", "x"),
)
TEXTS: Final = (
    "",
    "=",
    "=1+",
    "=null",
    "P",
    "R/",
    "R-1/P1D",
    "0 0 31 2 *",
    "x",
    "\u3000",
    "9" * 40,
)


def broken(choose: Callable[[int], int]) -> bytes:
    """Return one of the files with one to four things wrong."""
    root = etree.fromstring(FILES[choose(len(FILES))].read_bytes())
    for diagram in root.iterchildren("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"):
        root.remove(diagram)
    for _ in range(1 + choose(4)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        element, other = elements[choose(len(elements))], elements[choose(len(elements))]
        _CHANGES[choose(len(_CHANGES))](element, other, choose)
    found: bytes = etree.tostring(root)
    return found


def _delete(element: Any, _other: Any, _choose: Callable[[int], int]) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: Any, _other: Any, _choose: Callable[[int], int]) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.append(copy.deepcopy(element))


def _graft(element: Any, other: Any, _choose: Callable[[int], int]) -> None:
    other.append(copy.deepcopy(element))


def _rename(element: Any, _other: Any, choose: Callable[[int], int]) -> None:
    element.tag = BPMN + TAGS[choose(len(TAGS))]


def _drop_attribute(element: Any, _other: Any, choose: Callable[[int], int]) -> None:
    if element.attrib:
        del element.attrib[sorted(element.attrib)[choose(len(element.attrib))]]


def _swap_attribute(element: Any, other: Any, choose: Callable[[int], int]) -> None:
    if element.attrib and other.attrib:
        values = sorted(other.attrib.values())
        name = sorted(element.attrib)[choose(len(element.attrib))]
        element.attrib[name] = values[choose(len(values))]


def _rename_attribute(element: Any, other: Any, choose: Callable[[int], int]) -> None:
    if element.attrib and other.attrib:
        name = sorted(element.attrib)[choose(len(element.attrib))]
        new = sorted(other.attrib)[choose(len(other.attrib))]
        element.attrib[new] = element.attrib.pop(name)


def _set_attribute(element: Any, _other: Any, choose: Callable[[int], int]) -> None:
    if element.attrib:
        name = sorted(element.attrib)[choose(len(element.attrib))]
        element.attrib[name] = TEXTS[choose(len(TEXTS))]


def _set_text(element: Any, _other: Any, choose: Callable[[int], int]) -> None:
    element.text = TEXTS[choose(len(TEXTS))]


_CHANGES: Final = (
    _delete,
    _double,
    _graft,
    _rename,
    _drop_attribute,
    _swap_attribute,
    _rename_attribute,
    _set_attribute,
    _set_text,
)
