"""An independent token model, written from BPMN 2.0.2 chapter 13; it shares no engine code.

Slow and obvious on purpose: the judge of the random walks. A token is at an element; what arrived
at a join lies on its flows; a sub-process is a scope with tokens of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.engine.bpmn.walks.tokens import Scope, Token, Work

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.drawing import Flow, Level, Node


class Rules:
    """How the tokens of one instance move according to the standard."""

    def __init__(self, level: Level, pick: int, *, calls_copy: bool = False) -> None:
        """Start.

        Args:
            level: the process.
            pick: decides at its gateways.
            calls_copy: a called process gets a copy of all results and gives all of it back, also
                what a parallel branch has collected anew meanwhile.
        """
        self.pick = pick
        self._calls_copy = calls_copy
        self.done: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.collected: dict[str, list[int | None]] = {}
        self.root = Scope(level)
        self._open(self.root)
        self._settle()

    @property
    def is_over(self) -> bool:
        return self.root.is_empty

    # moving

    def _open(self, scope: Scope) -> None:
        scope.armed = [start for _, start in scope.handlers() if start.event == "message"]
        scope.moving += scope.level.of_kind("start")

    def _settle(self) -> None:
        while self._move() or self._open_inclusive() or self._close():
            pass

    def _move(self) -> bool:
        scope = next((scope for scope in self.root.all() if scope.moving), None)
        if scope is None:
            return False
        self._run(scope, scope.moving.pop(0))
        return True

    def _run(self, scope: Scope, node: Node) -> None:
        if node.kind in ("task", "call", "catch", "sub"):
            self._begin(scope, node)
            return
        if node.kind == "error_end":
            assert self._caught(scope, None, "error", node.code)
            return
        if node.kind == "escalate":
            catcher = self._caught(scope, None, "escalation", node.code)
            if catcher and catcher.interrupting:
                return
        if node.kind == "terminate_end":
            scope.clear()
            scope.armed.clear()
        self.done[node.id] += 1
        self._leave(scope, node)

    def _begin(self, scope: Scope, node: Node) -> None:
        token = Token(node, scope)
        scope.tokens.append(token)
        if node.kind == "call" and self._calls_copy:
            token.copied = dict(self.collected)
        waiting = scope.level.boundaries(node.id)
        token.listening = [b for b in waiting if b.event in ("timer", "message")]
        if node.loop and not node.size:
            self._complete(token)
            return
        at_once = node.size if node.loop == "parallel" else 1
        for number in range(at_once):
            self._work(token, number)

    def _work(self, token: Token, number: int) -> None:
        own = ((token.node.id, number),) if token.node.loop and not token.node.votes else ()
        work = Work(number, tuple(sorted((*token.scope.rounds, *own))))
        token.work.append(work)
        if token.node.inside is not None:
            work.scope = Scope(token.node.inside, token, work.rounds)
            self._open(work.scope)

    def _finish(self, token: Token, work: Work) -> None:
        token.work.remove(work)
        if not token.node.loop:
            return self._complete(token)
        self.done[token.node.id] += 1
        token.results[work.number] = self.pick
        if len(token.results) in (token.node.until, token.node.size):
            return self._complete(token)
        if token.node.loop == "sequential":
            self._work(token, work.number + 1)
        return None

    def _complete(self, token: Token) -> None:
        node = token.node
        token.scope.tokens.remove(token)
        self.done[node.id] += 1
        self.collected |= token.copied
        if node.loop:
            self.collected[node.id] = [token.results.get(n) for n in range(node.size)]
        self._leave(token.scope, node)

    def _close(self) -> bool:
        for scope in self.root.all():
            for token in scope.tokens:
                for work in token.work:
                    if work.scope is not None and work.scope.is_empty:
                        self._finish(token, work)
                        return True
        if self.is_over:
            self.root.armed.clear()
        return False

    def _leave(self, scope: Scope, node: Node) -> None:
        for flow in self._chosen(scope.level.out(node.id), node):
            self.taken[flow.id] += 1
            self._arrive(scope, flow)

    def _chosen(self, flows: list[Flow], node: Node) -> list[Flow]:
        if all(flow.picks is None and not flow.default for flow in flows):
            return flows
        true = [flow for flow in flows if flow.picks is not None and self.pick in flow.picks]
        if node.kind == "xor":
            true = true[:1]
        return true or [flow for flow in flows if flow.default]

    def _arrive(self, scope: Scope, flow: Flow) -> None:
        node, into = scope.level.nodes[flow.target], scope.level.into(flow.target)
        if node.kind not in ("and", "or") or len(into) == 1:
            scope.moving.append(node)
            return
        scope.arrived[flow.id] += 1
        if node.kind == "and" and all(scope.arrived[other.id] for other in into):
            self._join(scope, node)

    def _join(self, scope: Scope, node: Node) -> None:
        scope.arrived -= Counter(flow.id for flow in scope.level.into(node.id))
        scope.moving.append(node)

    # inclusive joins, §13.4.3

    def _open_inclusive(self) -> bool:
        for scope in self.root.all():
            for node in scope.level.of_kind("or"):
                into = scope.level.into(node.id)
                full = {flow.id for flow in into if scope.arrived[flow.id]}
                if full and len(into) > 1 and not _expects(scope, node, full):
                    self._join(scope, node)
                    return True
        return False

    # events, §13.5

    def _caught(self, scope: Scope, token: Token | None, event: str, code: str) -> Node | None:
        while True:
            if token is not None:
                fitting = token.scope.level.boundaries(token.node.id)
                catcher = _fitting(fitting, event, code)
                if catcher is not None:
                    self._happen(token, catcher)
                    return catcher
            if token is None or token.node.kind != "event_sub":
                catcher = _fitting([start for _, start in scope.handlers()], event, code)
                if catcher is not None:
                    self._start_handler(scope, catcher)
                    return catcher
            if scope.host is None:
                return None
            token = scope.host
            scope = token.scope

    def _happen(self, token: Token, boundary: Node) -> None:
        if boundary.interrupting:
            token.scope.tokens.remove(token)
        elif boundary.event == "timer":
            token.listening.remove(boundary)
        token.scope.moving.append(boundary)

    def _start_handler(self, scope: Scope, start: Node) -> None:
        node = next(node for node, found in scope.handlers() if found is start)
        if start.interrupting:
            scope.clear()
            scope.armed.clear()
        token = Token(node, scope)
        scope.tokens.append(token)
        self._work(token, 0)


def _reaches(level: Level, place: str, join: str) -> set[str]:
    """Return the flows into ``join`` to which a path leads that does not pass it before."""
    seen, pending, found = set(), [place], set()
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        pending += [boundary.id for boundary in level.boundaries(node)]
        for flow in level.out(node):
            if flow.target == join:
                found.add(flow.id)
            else:
                pending.append(flow.target)
    return found


def _expects(scope: Scope, join: Node, full: set[str]) -> bool:
    places = {token.node.id for token in scope.tokens}
    places |= {flow.target for flow in scope.level.flows if scope.arrived[flow.id]}
    reached = [_reaches(scope.level, place, join.id) for place in places - {join.id}]
    return any(flows - full and not flows & full for flows in reached)


def _fitting(catchers: list[Node], event: str, code: str) -> Node | None:
    found = [node for node in catchers if node.event == event and node.code in (code, "")]
    return min(found, key=lambda node: node.code == "", default=None)
