"""Who does a user task, until when and how urgently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import bpmn_children, name_of, text_of
from engine.calendar import read_due
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.juel.written import quoted
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import remove, take, write, write_property

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from engine.importing.draft import Draft

_COMMA: Final = re.compile(r",(?![^{]*\})")
_RESOURCE: Final = re.compile(r"(?:(user|group)\(([^)]*)\)|([^,()]+))(?:,|$)")
_STANDARD: Final = ("humanPerformer", "performer", "potentialOwner", "resourceRole")


def convert(node: _Element, draft: Draft) -> None:
    """Convert one user task."""
    found = {name: take(node, name) for name in ("assignee", "candidateUsers", "candidateGroups")}
    _standard_resources(node, draft, found)
    values = {"candidateUsers": _list(node, draft, found["candidateUsers"])}
    values["candidateGroups"] = _list(node, draft, found["candidateGroups"])
    values["assignee"] = _assignee(node, draft, found["assignee"])
    write(node, "assignmentDefinition", values)
    for name, written in values.items():
        if written and written == found[name]:
            draft.report.change(node, ChangeKind.ASSIGNMENT, f"{name}={written}", written)
    _times(node, draft)
    _priority(node, draft)


def _assignee(node: _Element, draft: Draft, text: str) -> str:
    name = re.fullmatch(r"[$#]\{\s*(\w+)\s*\}", text)
    if name and name[1] in draft.initiators:
        write_property(node, "assignee", "initiator")
        draft.report.change(node, ChangeKind.ASSIGNMENT, text, "zeebe:property assignee=initiator")
        return ""
    return draft.feel(node, ChangeKind.ASSIGNMENT, text, needed=False)


def _list(node: _Element, draft: Draft, text: str) -> str:
    """Return a comma list; with expressions in it, FEEL that gives one flat list."""
    parts = [part.strip() for part in _COMMA.split(text) if part.strip()]
    if not draft.is_foreign(text):
        return ",".join(parts)
    if len(parts) == 1:
        return draft.feel(node, ChangeKind.ASSIGNMENT, text, needed=False)
    try:
        texts = [translate(part) if is_expression(part) else quoted(part) for part in parts]
    except JuelError as error:
        return draft.give_up(node, ChangeKind.ASSIGNMENT, text, error, needed=False)
    written = f"=flatten([{', '.join(texts)}])"
    draft.report.change(node, ChangeKind.ASSIGNMENT, text, written)
    return written


def _standard_resources(node: _Element, draft: Draft, found: dict[str, str]) -> None:
    """Take ``potentialOwner`` and ``humanPerformer`` of BPMN 2.0.2 §10.3.1."""
    for child in list(bpmn_children(node, *_STANDARD)):
        texts = [
            text_of(inner) for inner in child.iter() if name_of(inner)[1].endswith("xpression")
        ]
        text = "".join(texts)
        if name_of(child)[1] in ("humanPerformer", "performer"):
            found["assignee"] = found["assignee"] or text
        else:
            users, groups = _resources(text)
            found["candidateUsers"] = _joined(found["candidateUsers"], users)
            found["candidateGroups"] = _joined(found["candidateGroups"], groups)
        draft.report.change(node, ChangeKind.ASSIGNMENT, f"{name_of(child)[1]}: {text}", "zeebe")
        remove(child)


def _resources(text: str) -> tuple[list[str], list[str]]:
    """Split ``user(a), group(b), c``; a bare name is a group, as Activiti reads it."""
    users: list[str] = []
    groups: list[str] = []
    for kind, inside, bare in _RESOURCE.findall(text):
        name = (inside or bare).strip()
        if name:
            (users if kind == "user" else groups).append(name)
    return users, groups


def _joined(text: str, more: Iterable[str]) -> str:
    return ",".join([*([text] if text else []), *more])


def _times(node: _Element, draft: Draft) -> None:
    values = {}
    for name in ("dueDate", "followUpDate"):
        text = take(node, name)
        values[name] = draft.feel(node, ChangeKind.TIME, text, needed=False)
        if values[name] and not values[name].startswith("=") and not _is_time(text):
            draft.report.warn(
                "due-date",
                node,
                f"“{text}”不是日期或时长，已去掉，请改写，例如 P3D。",
                f"{text!r} is neither a date nor a duration and was left out; write it like P3D.",
            )
            draft.report.change(node, ChangeKind.TIME, f"{name}={text}", "")
            values[name] = ""
        elif text and values[name] == text:
            draft.report.change(node, ChangeKind.TIME, f"{name}={text}", text)
    write(node, "taskSchedule", values)


def _is_time(text: str) -> bool:
    try:
        read_due(text)
    except ValueError:
        return False
    return True


def _priority(node: _Element, draft: Draft) -> None:
    text = take(node, "priority")
    if not text:
        return
    written = draft.feel(node, ChangeKind.PRIORITY, text, needed=False)
    if written == text:
        if not text.isdigit():
            draft.report.warn(
                "priority",
                node,
                f"优先级“{text}”不是 0 到 100 的整数，已去掉。",
                f"The priority {text!r} is no whole number from 0 to 100; it was left out.",
            )
            written = ""
        else:
            written = str(min(int(text), 100))
        draft.report.change(node, ChangeKind.PRIORITY, f"priority={text}", written)
    write(node, "priorityDefinition", {"priority": written})
