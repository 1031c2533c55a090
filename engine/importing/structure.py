"""The frame of a model: which process runs, ids, and where it begins and ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.bpmn.xmlnames import BPMN, NODE_TAGS, bpmn_children, flag, name_of
from engine.importing.report import ChangeKind

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft
    from engine.importing.report import Report

_SCOPES: Final = ("process", "subProcess", "transaction")
_NEVER_FIRST: Final = ("boundaryEvent", "startEvent")


def choose_process(root: _Element, report: Report) -> _Element | None:
    """Return the process that will run and mark it, and only it, as executable."""
    processes = list(bpmn_children(root, "process"))
    if not processes:
        return None
    marked = [one for one in processes if flag(one, "isExecutable", default=False)]
    chosen = max(marked or processes, key=_size)
    for one in processes:
        wanted, before = ("true" if one is chosen else "false"), one.get("isExecutable") or ""
        if one is not chosen and before == "true":
            report.warn(
                "second-process",
                one,
                "一个文件只运行一个流程；请把此流程另存为单独的文件后再导入。",
                "One process runs per file; save this one as a file of its own and import it.",
            )
        if before != wanted:
            one.set("isExecutable", wanted)
            report.change(one, ChangeKind.EXECUTABLE, before or "-", wanted)
    return chosen


def _size(process: _Element) -> int:
    return sum(1 for _ in process.iter())


def give_ids(draft: Draft, file: str) -> None:
    """Give readable ids to the process, nodes and flows that have none."""
    used = {node.get("id") or "" for node in draft.root.iter()}
    if not draft.process_id:
        stem = re.sub(r"\W+", "_", re.sub(r"\.bpmn.*$|\.xml$", "", file.rpartition("/")[2]))
        _name(draft.process, stem.strip("_") or "process", used, draft)
    counts: dict[str, int] = {}
    for node in list(draft.process.iter(f"{{{BPMN}}}*")):
        local = name_of(node)[1]
        if node.get("id") or (local not in NODE_TAGS and local != "sequenceFlow"):
            continue
        if local == "sequenceFlow":
            wanted = f"{node.get('sourceRef')}_to_{node.get('targetRef')}"
        else:
            counts[local] = counts.get(local, 0) + 1
            wanted = _readable(node, local, counts[local])
        _name(node, wanted, used, draft)


def _readable(node: _Element, local: str, number: int) -> str:
    """Return an id from the name when that is plain English, else from the kind."""
    words = re.sub(r"[^a-z0-9]+", "_", (node.get("name") or "").lower()).strip("_")
    if words and words[0].isalpha() and (node.get("name") or "").isascii():
        return words
    kind = re.sub(r"([A-Z])", r"_\1", local).lower()
    return f"{kind}_{number}"


def _name(node: _Element, wanted: str, used: set[str], draft: Draft) -> None:
    key, number = wanted, 1
    while key in used:
        number += 1
        key = f"{wanted}_{number}"
    used.add(key)
    node.set("id", key)
    draft.report.change(node, ChangeKind.ID, "", key)


def make_ends_explicit(draft: Draft) -> None:
    """Report implicit starts and ends, and draw a start where the executor could not begin."""
    for scope in [draft.process, *draft.nodes("subProcess", "transaction")]:
        if scope.get("triggeredByEvent") != "true":
            _scope(scope, draft)


def _scope(scope: _Element, draft: Draft) -> None:
    nodes = [child for child in bpmn_children(scope) if name_of(child)[1] in NODE_TAGS]
    flows = list(bpmn_children(scope, "sequenceFlow"))
    reached = {flow.get("targetRef") for flow in flows}
    left = {flow.get("sourceRef") for flow in flows}
    for node in nodes:
        local = name_of(node)[1]
        if _may_end(node) and node.get("id") not in left and local != "endEvent":
            draft.report.note(
                node,
                ChangeKind.END,
                "之后没有连线：分支在此结束，不必补画结束事件。",
                "No flow leaves it: the branch ends here, no end event is needed.",
            )
    if any(name_of(node)[1] == "startEvent" for node in nodes):
        return
    firsts = [node for node in nodes if _may_begin(node) and node.get("id") not in reached]
    for node in firsts:
        draft.report.note(
            node,
            ChangeKind.START,
            "没有开始事件：从此环节开始，不必补画。",
            "There is no start event: it begins here, none is needed.",
        )
    candidates = [node for node in nodes if _may_begin(node)]
    if not firsts and candidates:
        _draw_start(scope, candidates[0], draft)


def _may_begin(node: _Element) -> bool:
    if node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true":
        return False
    return name_of(node)[1] not in (*_NEVER_FIRST, "endEvent", "intermediateThrowEvent")


def _may_end(node: _Element) -> bool:
    if node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true":
        return False
    undrawn = bpmn_children(node, "linkEventDefinition", "compensateEventDefinition")
    return next(undrawn, None) is None


def _draw_start(scope: _Element, first: _Element, draft: Draft) -> None:
    """Add a start event in front of the first element of a circle."""
    used = {node.get("id") for node in draft.root.iter()}
    key = f"start_{scope.get('id')}"
    while key in used:
        key += "_"
    start = etree.Element(f"{{{BPMN}}}startEvent")
    start.set("id", key)
    flow = etree.Element(f"{{{BPMN}}}sequenceFlow")
    for name, value in (
        ("id", f"{key}_to_{first.get('id')}"),
        ("sourceRef", key),
        ("targetRef", first.get("id") or ""),
    ):
        flow.set(name, value)
    scope.insert(scope.index(first), start)
    scope.append(flow)
    draft.report.change(start, ChangeKind.START, "", key)
    draft.report.warn(
        "start-added",
        start,
        f"没有开始事件，且每个环节都有流入连线；已在“{first.get('id')}”之前补上，请确认。",
        f"There is no start and everything has a flow before it; one was put in front of"
        f" {first.get('id')}. Please confirm.",
    )
