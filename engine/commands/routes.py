"""The way back: which instance moves, to which element, and what is entered below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn import Interpreter
from engine.commands.calling import ENTERED, CallStart
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.bpmn import JumpEffect
    from engine.commands.calling import CallStarts
    from engine.commands.matter import MatterTree, Node
    from engine.commands.places import Path, Place, Places
    from engine.model.work import WorkItem

#: Tokens by instance key, the innermost instance first.
Moving = dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class Route:
    """A way back that the structure allows.

    Attributes:
        node: the instance in which tokens move.
        token_ids: those that move.
        path: where the way leads; shorter than asked for when a repeated activity has to be gone
            through as a whole.
        element_id: what is entered in ``node``.
        below: what is entered in called processes, one element per call.
        effect: what the jump in ``node`` does.
    """

    node: Node
    token_ids: tuple[str, ...]
    path: Path
    element_id: str
    below: Path
    effect: JumpEffect


def moving_from(item: WorkItem, tree: MatterTree) -> Moving:
    """Return the tokens that a return from a work item can move: its own and its callers'."""
    node, token_id = tree.nodes[item.instance_key], item.token_id
    found: Moving = {node.row.key: (token_id,)}
    while node.row.parent_key is not None and node.row.parent_token is not None:
        token_id = node.row.parent_token
        node = tree.nodes[node.row.parent_key]
        found[node.row.key] = (token_id,)
    return found


class Router:
    """Finds ways back in one matter."""

    def __init__(self, tree: MatterTree, places: Places) -> None:
        """Look for ways in ``tree``."""
        self._tree = tree
        self._places = places

    def route(self, moving: Moving, here: Path, target: Path) -> Route | None:
        """Return the way from waiting tokens to an earlier step, ``None`` if there is none.

        Args:
            moving: the tokens.
            here: path of the step that is left.
            target: path of the step.
        """
        for instance_key, token_ids in moving.items():
            node = self._tree.nodes[instance_key]
            around = self._places.around(node)
            if node.is_active and target[: len(around)] == around:
                depth = len(around)
                own, below = self._whole(*self._split(target[depth:]), here[depth:])
                return self._previewed(node, token_ids, own, below)
        return None

    def _previewed(
        self, node: Node, token_ids: tuple[str, ...], own: Path, below: tuple[Path, ...]
    ) -> Route | None:
        if not own:
            return None
        element_id = own[-1].element_id
        try:
            effect = node.interpreter.preview_jump(token_ids, element_id)
        except WrongStateError:
            return None
        inside = tuple(place for process in below for place in process)
        path = (*self._places.around(node), *own, *inside)
        stops = tuple(process[-1] for process in below)
        return Route(node, token_ids, path, element_id, stops, effect)

    def _split(self, rest: Path) -> tuple[Path, tuple[Path, ...]]:
        """Cut a path where it enters called processes."""
        pieces: list[list[Place]] = []
        before: Place | None = None
        for place in rest:
            element = self._places.model(place.process_id).elements.get(place.element_id)
            if before is not None and element and element.parent == before.element_id:
                pieces[-1].append(place)
            else:
                pieces.append([place])
            before = place
        first, *others = (tuple(piece) for piece in pieces or [[]])
        return first, tuple(others)

    def _whole(
        self, own: Path, below: tuple[Path, ...], here: Path
    ) -> tuple[Path, tuple[Path, ...]]:
        """Stop at the first activity that can only be gone through as a whole.

        That is one that is repeated, unless the step that is left is in the same repetition; and
        a called process whose step lies where an instance cannot begin.
        """
        for number, place in enumerate(own[:-1]):
            if self._places.is_repeated(place) and own[: number + 1] != here[: number + 1]:
                return own[: number + 1], ()
        if below and self._places.is_repeated(own[-1]):
            return own, ()
        for number, process in enumerate(below):
            model = self._places.model(process[0].process_id)
            if not Interpreter.can_begin_at(model, process[-1].element_id):
                return own, below[:number]
            if number + 1 < len(below) and self._places.is_repeated(process[-1]):
                return own, below[: number + 1]
        return own, below

    def go(self, route: Route, now: datetime) -> tuple[JumpEffect, CallStarts]:
        """Move the tokens.

        Returns:
            What the jump did, and how the called processes begin that it leads into.
        """
        node = route.node
        before = set(node.waiting)
        effect = node.interpreter.jump(route.token_ids, route.element_id, now=now)
        start: CallStart | None = None
        for depth in range(len(route.below), 0, -1):
            start = CallStart(
                element_id=route.below[depth - 1].element_id,
                variables=self._last_variables(route, depth),
                calls={ENTERED: start} if start else {},
            )
        if start is None:
            return effect, {}
        return effect, {
            (node.row.key, wait.token_id): start
            for wait in node.interpreter.waits()
            if wait.element_id == route.element_id and wait.token_id not in before
        }

    def _last_variables(self, route: Route, depth: int) -> Mapping[str, object]:
        """Return the variables of the last instance of the process entered at ``depth``."""
        place = route.below[depth - 1]
        around = route.path[: route.path.index(place)]
        while around and around[-1].process_id == place.process_id:
            around = around[:-1]
        runs = [
            node
            for node in self._tree.nodes.values()
            if node.row.process_id == place.process_id and self._places.around(node) == around
        ]
        return runs[-1].interpreter.variables if runs else {}
