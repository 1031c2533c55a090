"""Where a matter can be returned to, and what that does; known before anybody decides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.bpmn import WaitKind
from engine.commands.course import Course
from engine.commands.places import path_text
from engine.commands.routes import Router, moving_from
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.bpmn import Element
    from engine.commands.matter import MatterTree, Node
    from engine.commands.places import Path
    from engine.commands.routes import Route
    from engine.commands.step import Step
    from engine.model.work import WorkItem


class TargetKind(StrEnum):
    """Which earlier step a target is."""

    PREVIOUS = "previous"
    INITIATOR = "initiator"
    EARLIER = "earlier"


class ReturnPolicy(StrEnum):
    """What follows the correction (property ``return.policy`` of the step that returns)."""

    #: every step in between is done again
    REPLAY = "replay"
    #: straight back to whoever returned it, unless a later approver relied on what was changed
    RESUME = "resume"
    #: whoever returns it chooses
    CHOOSE = "choose"


#: Words of the property ``return.targets`` beside ids of user tasks.
ANY: Final = "any"
NONE: Final = "none"
OUTSIDE: Final = "outside"


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What a return does to others, each oldest first.

    Attributes:
        cancelled: open work items that end.
        jobs: automatic steps that are stopped.
        votes: (step, number) of votes given in a countersign that ends.
        redo: done steps that have to be done again.
        kept: done steps beside it that stay as they are.
        ended: names of sub-processes and called processes that end.
    """

    cancelled: Sequence[WorkItem] = ()
    jobs: int = 0
    votes: Sequence[tuple[str, int]] = ()
    redo: Sequence[WorkItem] = ()
    kept: Sequence[WorkItem] = ()
    ended: Sequence[str] = ()

    @property
    def seen(self) -> str:
        """A short digest: what somebody was shown, to compare with what would happen now."""
        facts = [
            [item.key for item in self.cancelled],
            self.jobs,
            list(self.votes),
            [item.key for item in self.redo],
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class ReturnTarget:
    """A step that a matter can be returned to.

    Attributes:
        key: ``step/inner step`` by element ids.
        item: the work item by which it was done last.
        name: of the step, or of the repeated activity that has to be gone through as a whole.
        kinds: which step it is; the previous one can be the initiator's.
        route: the way.
        effects: what it does.
    """

    key: str
    item: WorkItem
    name: str
    kinds: frozenset[TargetKind]
    route: Route
    effects: Effects


def return_policy(element: Element) -> ReturnPolicy:
    """Return the policy of a step."""
    text = element.properties.get("return.policy", ReturnPolicy.REPLAY)
    return ReturnPolicy(text) if text in set(ReturnPolicy) else ReturnPolicy.REPLAY


def allowed_targets(element: Element) -> frozenset[str]:
    """Return the words of the property ``return.targets``, ``any`` without it."""
    words = element.properties.get("return.targets", ANY).split(",")
    return frozenset(word.strip() for word in words if word.strip())


def return_targets(step: Step, items: Sequence[WorkItem]) -> list[ReturnTarget]:
    """Return the steps that a work item can be returned to, nearest first.

    A target was done on the way to where the matter is, still holds (no return has undone it), can
    be entered again from here, and is one that the step's property ``return.targets`` allows.
    """
    if step.item.kind is not WorkItemKind.TASK:
        return []
    course = Course(step.tree, items)
    here = course.path(step.item)
    router, moving = Router(step.tree, course.places), moving_from(step.item, step.tree)
    found: dict[Path, tuple[WorkItem, Route]] = {}
    for path, item in _nearest_first(course):
        route = router.route(moving, here, path) if path != here else None
        if route is not None and here[: len(route.path)] != route.path:
            found.setdefault(route.path, (item, route))
    kinds = {path: _kinds(path, item, found, step, course) for path, (item, _) in found.items()}
    allowed = allowed_targets(step.element)
    return [
        ReturnTarget(
            key=path_text(path),
            item=item,
            name=_name(path, item, course),
            kinds=kinds[path],
            route=route,
            effects=effects_of(route, course, items, step),
        )
        for path, (item, route) in found.items()
        if {ANY, *kinds[path], path[-1].element_id} & allowed
    ]


def _nearest_first(course: Course) -> list[tuple[Path, WorkItem]]:
    """Order the done steps by how much has to be done again, then the latest first."""
    return sorted(course.done.items(), key=lambda one: (len(course.undone_by(one[0])), -one[1].key))


def _name(path: Path, item: WorkItem, course: Course) -> str:
    place = path[-1]
    element = course.places.model(place.process_id).elements[place.element_id]
    return element.name or item.name


def _kinds(
    path: Path,
    item: WorkItem,
    found: Iterable[Path],
    step: Step,
    course: Course,
) -> frozenset[TargetKind]:
    properties = step.tree.nodes[item.instance_key].model.elements[item.element_id].properties
    nearer = any(other != path and course.places.is_undone(other, path) for other in found)
    kinds = set() if nearer else {TargetKind.PREVIOUS}
    if properties.get("submit") == "true" or properties.get("assignee") == "initiator":
        kinds.add(TargetKind.INITIATOR)
    return frozenset(kinds or {TargetKind.EARLIER})


def effects_of(route: Route, course: Course, items: Sequence[WorkItem], step: Step) -> Effects:
    """Work out what a return does to others."""
    ending = ending_tokens(route.node, step.tree, {row[0] for row in route.effect.marking.rows})
    cancelled = [
        item
        for item in items
        if item.is_open
        and item.kind is WorkItemKind.TASK
        and item.key != step.item.key
        and (item.instance_key, item.token_id) in ending
    ]
    target, here = route.path, course.path(step.item)
    redo = [item for item in course.undone_by(target) if course.path(item) not in (target, here)]
    undone = {item.key for item in redo}
    beside = [
        item
        for path, item in course.done.items()
        if item.key not in undone and path != target and course.places.is_beside(path, target)
    ]
    return Effects(
        cancelled=cancelled,
        jobs=_jobs(ending),
        votes=_votes(route),
        redo=_in_order(redo),
        kept=_in_order(beside),
        ended=_ended(route, here),
    )


def ending_tokens(node: Node, tree: MatterTree, token_ids: set[str]) -> dict[tuple[int, str], Node]:
    """Return (instance, token) of everything that ends with some tokens, called ones included."""
    found = {(node.row.key, token_id): node for token_id in token_ids}
    for token_id in token_ids:
        for child in tree.children_at(node.row.key, token_id):
            inner = {wait.token_id for wait in child.interpreter.waits()}
            found |= ending_tokens(child, tree, inner)
    return found


def _jobs(ending: dict[tuple[int, str], Node]) -> int:
    return sum(
        1
        for (_key, token_id), node in ending.items()
        if (wait := node.waiting.get(token_id)) is not None and wait.kind is WaitKind.JOB
    )


def _votes(route: Route) -> list[tuple[str, int]]:
    elements = route.node.model.elements
    found = []
    for _id, _around, name, data, _remembered in route.effect.marking.rows:
        element = elements.get(name)
        if element is not None and element.loop is not None and element.user_task is not None:
            done = int(data.get("nrOfCompletedInstances", 0))
            if done:
                found.append((element.name or element.id, done))
    return found


def _ended(route: Route, here: Path) -> list[str]:
    """Return the names of what is around the step that is left and does not enclose the target."""
    elements = route.node.model.elements
    names = []
    for place in here[:-1]:
        element = elements.get(place.element_id)
        own = element is not None and place.process_id == route.node.row.process_id
        if own and element and place not in route.path and element.loop is None:
            names.append(element.name or element.id)
    return names


def _in_order(items: Iterable[WorkItem]) -> list[WorkItem]:
    return sorted(items, key=lambda item: item.key)
