"""Initial values of variables: Activiti and Flowable declare them as data objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import bpmn_children
from engine.importing.juel import JuelError
from engine.importing.juel.written import quoted, simple_name
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import content, extensions, remove, write_mapping

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_UNQUOTED: Final = ("int", "long", "double", "boolean", "float")


def set_initial_values(draft: Draft) -> None:
    """Let the start event write the initial values of Activiti's and Flowable's data objects."""
    starts = list(bpmn_children(draft.process, "startEvent"))
    for data in bpmn_children(draft.process, "dataObject"):
        for value in list(extensions(data, "value")):
            _initial(data, value, starts, draft)
            remove(value)


def _initial(data: _Element, value: _Element, starts: list[_Element], draft: Draft) -> None:
    name, text = data.get("name") or data.get("id") or "", content(value)
    kind = (data.get("itemSubjectRef") or "").rpartition(":")[2]
    literal = text if kind in _UNQUOTED else quoted(text)
    try:
        written = f"=if {simple_name(name)} = null then {literal} else {name}"
    except JuelError as error:
        written = draft.give_up(data, ChangeKind.VARIABLE, name, error, needed=True)
    for start in starts:
        write_mapping(start, "output", written, name)
    draft.report.change(data, ChangeKind.VARIABLE, f"{name}={text}", written)
