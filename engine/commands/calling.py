"""Called processes: instances of their own in the same matter, begun anew or where they were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from engine.bpmn import Interpreter, WaitKind
from engine.commands.matter import Node
from engine.model.keys import new_key
from engine.model.states import InstanceState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import ProcessModel, Wait
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.model.work import Instance

#: Stands for the call of the element at which a process begins in its middle.
ENTERED = ""


@dataclass(frozen=True)
class CallStart:
    """How a called process begins when not at its start.

    Attributes:
        document: the state with which it goes on, ``""`` to begin at ``element_id``.
        element_id: where it begins in its middle.
        variables: of the instance then.
        calls: how the processes that it calls begin, by token; ``ENTERED`` at ``element_id``.
    """

    document: str = ""
    element_id: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    calls: Mapping[str, CallStart] = field(default_factory=dict)


#: By (instance, token of the call activity).
CallStarts = dict[tuple[int, str], CallStart]


def call(
    wait: Wait, caller: Node, tree: MatterTree, starts: CallStarts, services: Services
) -> Node:
    """Begin the process that a call activity waits for, and put it into the tree."""
    model = services.catalog.model(tree.binding.process(wait.called_process))
    start = starts.pop((caller.row.key, wait.token_id), None)
    interpreter = _interpreter(model, wait, start, services)
    row = _row(wait, caller, tree.root.row, services)
    node = Node(row, model, is_new=True)
    node.adopt(interpreter)
    tree.add(node)
    caller.rested[wait.token_id] = wait
    if start is not None:
        starts.update(_nested(start, node))
    return node


def _interpreter(
    model: ProcessModel, wait: Wait, start: CallStart | None, services: Services
) -> Interpreter:
    if start is None:
        return Interpreter.start(model, dict(wait.inputs), now=services.now, called=True)
    if start.document:
        return Interpreter.load(model, start.document, called=True)
    variables = dict(start.variables) or dict(wait.inputs)
    return Interpreter.begin_at(model, start.element_id, variables, now=services.now)


def _nested(start: CallStart, node: Node) -> CallStarts:
    found: CallStarts = {}
    for token_id, inner in start.calls.items():
        if token_id != ENTERED:
            found[node.row.key, token_id] = inner
            continue
        for wait in node.interpreter.waits():
            if wait.kind is WaitKind.CALL and wait.element_id == start.element_id:
                found[node.row.key, wait.token_id] = inner
    return found


def _row(wait: Wait, caller: Node, root: Instance, services: Services) -> Instance:
    return replace(
        root,
        key=new_key(),
        parent_key=caller.row.key,
        parent_token=wait.token_id,
        parent_element=wait.element_id,
        process_id=wait.called_process,
        state=InstanceState.ACTIVE,
        revision=0,
        number="",
        summary=(),
        started_at=services.now,
        ended_at=None,
        document="",
    )


def open_calls(node: Node, tree: MatterTree, token_ids: frozenset[str]) -> dict[str, Any]:
    """Return the called instances of some tokens with their state, as JSON values.

    Returns:
        ``{token: {"document": state, "calls": the same one level down}}``.
    """
    found = {}
    for token_id in sorted(token_ids):
        for child in tree.children_at(node.row.key, token_id):
            inner = frozenset(wait.token_id for wait in child.interpreter.waits())
            calls = open_calls(child, tree, inner)
            found[token_id] = {"document": child.interpreter.dump(), "calls": calls}
    return found


def starts_of(calls: Mapping[str, Any]) -> dict[str, CallStart]:
    """Return how the called instances kept by ``open_calls`` go on."""
    return {
        token_id: CallStart(document=kept["document"], calls=starts_of(kept["calls"]))
        for token_id, kept in calls.items()
    }
