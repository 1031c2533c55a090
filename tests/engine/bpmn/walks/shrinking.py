"""Makes a failing model small: takes away whatever the failure does not need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.bpmn import read_model
from engine.errors import DeploymentRefusedError
from tests.engine.bpmn.walks.drawing import Level
from tests.engine.bpmn.walks.drawing_xml import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tells whether a model still shows the failure.
Fails = Callable[[Level], bool]


def shrink(level: Level, fails: Fails, tries: int = 3000) -> Level:
    """Return a model from which nothing can be taken without losing the failure."""
    again = True
    while again and tries > 0:
        again = False
        for smaller in _smaller(level):
            tries -= 1
            if _is_model(smaller) and fails(smaller):
                level, again = smaller, True
                break
    return level


def size_of(level: Level) -> int:
    """Return the number of elements."""
    return sum(1 for _ in level.everything())


def _is_model(level: Level) -> bool:
    if any(not inside.of_kind("start") for inside in _levels(level)):
        return False
    try:
        read_model(file_of(level))
    except DeploymentRefusedError:
        return False
    return True


def _levels(level: Level) -> Iterator[Level]:
    yield level
    for node in level.nodes.values():
        if node.inside is not None:
            yield from _levels(node.inside)


def _smaller(level: Level) -> Iterator[Level]:
    """Return models with one thing less, the biggest cuts first."""
    for index, _ in enumerate(_levels(level)):
        for node_id in list(list(_levels(level))[index].nodes):
            for cut in (_without, _emptied, _bypassed, _plain):
                yield from _changed(level, index, node_id, cut)
        for number in range(len(list(_levels(level))[index].flows)):
            yield from _changed(level, index, str(number), _without_flow)


def _changed(
    level: Level, index: int, name: str, cut: Callable[[Level, str], bool]
) -> Iterator[Level]:
    smaller = level.copy()
    if cut(list(_levels(smaller))[index], name):
        yield smaller


def _without(level: Level, node_id: str) -> bool:
    """Remove an element, what hangs on it, and what then cannot be reached."""
    if level.nodes[node_id].kind == "start":
        return False
    del level.nodes[node_id]
    _tidy(level)
    return True


def _bypassed(level: Level, node_id: str) -> bool:
    """Remove an element and lead what came into it to what came after it."""
    out, into = level.out(node_id), level.into(node_id)
    if len(out) != 1 or not into or out[0].target == node_id:
        return False
    level.flows = [
        replace(flow, target=out[0].target) if flow.target == node_id else flow
        for flow in level.flows
        if flow is not out[0]
    ]
    del level.nodes[node_id]
    _tidy(level)
    return True


def _emptied(level: Level, node_id: str) -> bool:
    """Make a plain task of a sub-process."""
    node = level.nodes[node_id]
    if node.kind != "sub":
        return False
    level.nodes[node_id] = replace(node, kind="task", inside=None)
    return True


def _plain(level: Level, node_id: str) -> bool:
    """Make a loop run once."""
    node = level.nodes[node_id]
    if not node.loop:
        return False
    level.nodes[node_id] = replace(node, loop="", size=0, until=0)
    return True


def _without_flow(level: Level, number: str) -> bool:
    del level.flows[int(number)]
    _tidy(level)
    return True


def _tidy(level: Level) -> None:
    """Drop what hangs on nothing, and defaults of a single flow."""
    while True:
        level.flows = [f for f in level.flows if {f.source, f.target} <= level.nodes.keys()]
        reached = {flow.target for flow in level.flows}
        lost = [
            key
            for key, node in level.nodes.items()
            if (node.kind == "boundary" and node.host not in level.nodes)
            or (node.kind not in ("start", "boundary", "event_sub") and key not in reached)
        ]
        if not lost:
            break
        for key in lost:
            del level.nodes[key]
    for flow in list(level.flows):
        if len(level.out(flow.source)) == 1:
            level.flows[level.flows.index(flow)] = replace(flow, picks=None, default=False)
