"""Jumps in the token model: what may be reached, and what a jump ends, from the drawn blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.drawing import Branch, Level, Node
    from tests.engine.bpmn.walks.judge import Judge
    from tests.engine.bpmn.walks.tokens import Place, Scope, Token

_TARGETS = frozenset(
    {"task", "call", "catch", "sub", "xor", "end", "error_end", "terminate_end", "escalate"}
)


def targets(judge: Judge, place: Place) -> set[str]:
    """Return every element to which the waiting activity at ``place`` may be moved."""
    found: set[str] = set()
    for token in _enclosing(judge, place):
        level = token.scope.level
        for node in level.nodes.values():
            if node.kind in _TARGETS and _is_legal(token, node) and node.id not in found:
                inside = {n.id for way in _ways_in(node) for n in way if n.kind in _TARGETS}
                found |= {node.id, *(inside - _nested(level, _enclosing(judge, place)))}
    return found


def _nested(level: Level, enclosing: list[Token]) -> set[str]:
    """Return what lies on deeper levels in which the activity itself is."""
    return {
        node.id
        for token in enclosing
        if token.scope.level is not level and token.scope.level in _levels_below(level)
        for _, node in token.scope.level.everything()
    }


def _levels_below(level: Level) -> list[Level]:
    return [inner for inner, _ in level.everything() if inner is not level]


def _ways_in(node: Node) -> list[tuple[Node, ...]]:
    """Return the ways from a sub-process to the elements inside it that a jump may enter."""
    if node.kind != "sub" or node.loop or node.inside is None:
        return []
    found: list[tuple[Node, ...]] = []
    for inner in node.inside.nodes.values():
        found.append((inner,))
        found += [(inner, *way) for way in _ways_in(inner)]
    return found


def jump(judge: Judge, place: Place, target: str) -> None:
    """Move the activity (or what encloses it on the target's level) to ``target``."""
    token, node, way = _found(judge, place, target)
    scope = token.scope
    goal, here = _around(node), _around(token.node)
    left = next((branch[0] for branch in here if branch not in goal), None)
    scope.tokens = [
        other
        for other in scope.tokens
        if other is not token and (left is None or left not in _splits(_around(other.node)))
    ]
    for flow in scope.level.flows:
        if left is not None and left in _splits(_on_flow(scope, flow.id)):
            scope.arrived[flow.id] = 0
    for split, taken in (branch for branch in goal if branch not in here):
        _count_as_arrived(scope, split, taken)
    if way:
        _enter(judge, scope, node, way)
    else:
        scope.moving.append(node)
    judge._settle()


def _found(judge: Judge, place: Place, target: str) -> tuple[Token, Node, tuple[Node, ...]]:
    """Return what moves, what it enters on its level, and the way from there to the target."""
    for token in _enclosing(judge, place):
        nodes = token.scope.level.nodes
        if target in nodes:
            return token, nodes[target], ()
        for node in nodes.values():
            for way in _ways_in(node):
                if way[-1].id == target:
                    return token, node, way
    raise AssertionError(target)


def _enter(judge: Judge, scope: Scope, node: Node, way: tuple[Node, ...]) -> None:
    """Begin a sub-process in its middle; the branches beside the way count as arrived."""
    judge._begin(scope, node)
    inside = scope.tokens[-1].work[0].scope
    assert inside is not None
    inside.moving.clear()
    for split, taken in _around(way[0]):
        _count_as_arrived(inside, split, taken)
    if len(way) > 1:
        _enter(judge, inside, way[0], way[1:])
    else:
        inside.moving.append(way[0])


def _enclosing(judge: Judge, place: Place) -> list[Token]:
    """Return the activity and the sub-processes around it, innermost first."""
    token, _ = judge._find(place)
    found = [token]
    while token.scope.host is not None:
        token = token.scope.host
        found.append(token)
    return found


def _is_legal(token: Token, node: Node) -> bool:
    goal, here = _around(node), _around(token.node)
    left = _splits(tuple(branch for branch in here if branch not in goal))
    entered = _splits(tuple(branch for branch in goal if branch not in here))
    if left & entered:
        return False
    first = next((branch[0] for branch in here if branch not in goal), None)
    staying = [
        other
        for other in token.scope.tokens
        if other is not token and (first is None or first not in _splits(_around(other.node)))
    ]
    return not any(entered & _splits(_around(other.node)) for other in staying)


def _around(node: Node) -> tuple[Branch, ...]:
    assert node.around is not None
    return node.around


def _splits(branches: tuple[Branch, ...]) -> set[str]:
    return {split for split, _ in branches}


def _on_flow(scope: Scope, flow_id: str) -> tuple[Branch, ...]:
    """Return the branches around a token that waits on a flow into a join."""
    level = scope.level
    flow = next(flow for flow in level.flows if flow.id == flow_id)
    own: tuple[Branch, ...] = ()
    out = level.out(flow.source)
    if len(out) > 1 and level.nodes[flow.source].kind != "xor":
        own = ((flow.source, out.index(flow)),)
    return _around(level.nodes[flow.source]) + own


def _count_as_arrived(scope: Scope, split: str, taken: int) -> None:
    """Let the join of a parallel block expect only the branch that is entered."""
    level = scope.level
    for join in level.of_kind("and"):
        if split in _splits(_around(join)):
            continue
        for flow in level.into(join.id):
            if any(s == split and number != taken for s, number in _on_flow(scope, flow.id)):
                scope.arrived[flow.id] = 1
