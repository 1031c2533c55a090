"""Open work whose person may not have it any more: who has it instead, by the step's own rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.assignment import person_rule
from engine.commands import nobody
from engine.commands.assignment import Search
from engine.commands.audience import admitted
from engine.commands.authority import admitting_membership
from engine.commands.duties import bars_of, recusals_of
from engine.commands.matter import MatterTree
from engine.commands.parts import parts_of
from engine.commands.progress import Cause, Progress
from engine.commands.step import move_or_refuse
from engine.model.states import AssignedBy, WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Element
    from engine.commands.assignment import Assignment
    from engine.commands.duties import Bar
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.model.participants import Participant
    from engine.model.work import WorkItem

#: Somebody was chosen for it in person: the post does not matter.
_IN_PERSON: Final = frozenset({AssignedBy.TRANSFER, AssignedBy.HANDOVER})
_DISABLED: Final = "账号已停用"
_KEPT_AWAY: Final = "回避或职责分离"
_NO_POST: Final = "不再担任该岗位"
_NOBODY_LEFT: Final = "岗位已无人可办"


@dataclass(frozen=True)
class Held:
    """An open task in its matter.

    Attributes:
        item: the task.
        tree: its matter, locked in a command.
        node: its instance.
        element: its user task.
    """

    item: WorkItem
    tree: MatterTree
    node: Node
    element: Element

    @classmethod
    def read(cls, item: WorkItem, services: Services) -> Held:
        """Read the matter of ``item``, and the item anew under its lock."""
        tree = MatterTree.load(services, item.root_key)
        fresh = services.store.work_items.get(item.key) or item
        node = tree.nodes[item.instance_key]
        return cls(fresh, tree, node, tree.element(item.instance_key, item.element_id))

    @property
    def bars(self) -> Mapping[str, Bar]:
        """``{login: why}`` of those who are kept away from it."""
        if self.item.kind is WorkItemKind.CONSULT:
            return recusals_of(self.tree)
        roles = [one.role for one in self.item.candidates if one.role]
        return bars_of(self.element, self.node.model, self.tree, roles=roles)


def why_not(held: Held, person: Participant) -> str:
    """Return why ``person`` cannot keep a task (Chinese, for the trail), empty if he can."""
    item = held.item
    if not person.active:
        return _DISABLED
    if person.login in held.bars:
        return _KEPT_AWAY
    named = person_rule(held.element) is not None or bool(
        held.element.user_task and held.element.user_task.assignee
    )
    if named or item.owner is not None or item.assigned_by in _IN_PERSON or not item.candidates:
        return ""
    return "" if holds_post(person, item) else _NO_POST


def holds_post(person: Participant, item: WorkItem) -> bool:
    """Tell whether a task is offered to a person by post or by name."""
    named = any(one.names(person) for one in item.candidates)
    return named or admitting_membership(person, item) is not None


def place_anew(held: Held, reason: str, services: Services) -> None:
    """Give a task to whom its rule finds now, else by its policy; the trail says why.

    Raises:
        ConfigurationError: the rule or a lookup is unknown.
        TaskGoneError: somebody was faster.
    """
    item = held.item
    wait = held.node.waiting[item.token_id]
    if item.round_key:  # the voter is the one who has to be replaced
        wait = replace(wait, assignee="")
    search = Search(wait, held.node, held.tree, services)
    given = search.assign() or nobody.settle(search, services)
    before = services.participant(item.assignee) if item.assignee else None
    services.note(
        "work_item_replaced",
        root_key=item.root_key,
        element_name=item.name,
        detail={"person": before.name if before else "", "reason": reason},
    )
    if given.state is WorkItemState.COMPLETED:
        _skip(held, services)
        return
    _give(item, given, services)
    if given.assigned_by is AssignedBy.INCIDENT:
        services.store.incidents.resolve_work(item.key, services.actor.login, services.now)
        nobody.report(item, held.tree.root.row.unit, services)


def keep_offered(item: WorkItem, services: Services) -> None:
    """Let a task that nobody has follow the step's policy if nobody is left who may take it.

    Raises:
        ConfigurationError: the rule or a lookup is unknown.
        TaskGoneError: somebody was faster.
    """
    if not item.is_task or item.assigned_by is AssignedBy.INCIDENT:
        return
    held = Held.read(item, services)
    item = held.item
    if item.state is not WorkItemState.OFFERED:
        return
    left = set(admitted(item.candidates, services)) - set(held.bars)
    if not services.store.staffing.active(left):
        place_anew(held, _NOBODY_LEFT, services)


def try_again(held: Held, services: Services) -> bool:
    """Look again for somebody for a task that nobody could do; ``False`` when nobody fits yet."""
    item = held.item
    wait = held.node.waiting.get(item.token_id)
    if wait is None:
        return True
    given = Search(wait, held.node, held.tree, services).assign()
    if given is None:
        return False
    _give(item, given, services)
    services.note(
        "work_item_replaced",
        root_key=item.root_key,
        element_name=item.name,
        detail={"reason": "岗位已有人员"},
    )
    return True


def _give(item: WorkItem, given: Assignment, services: Services) -> None:
    values = {
        "assignee": given.assignee,
        "on_behalf_of": None,
        "owner": None,
        "request": "",
        "candidates": given.candidates,
        "assigned_by": given.assigned_by,
        "opened_at": None,
    }
    move_or_refuse(services, item, given.state, **values)
    services.new_tasks.append(
        replace(
            item,
            state=given.state,
            assignee=given.assignee,
            on_behalf_of=None,
            candidates=given.candidates,
        )
    )


def _skip(held: Held, services: Services) -> None:
    """Leave the step out, as its model says for a step that nobody fits."""
    item, node = held.item, held.node
    key, label = nobody.skipped_outcome(held.element, node.model)
    move_or_refuse(
        services,
        item,
        WorkItemState.COMPLETED,
        ended_at=services.now,
        ended_by=services.actor.login,
        outcome=key,
        outcome_label=label,
        assigned_by=AssignedBy.SKIPPED,
    )
    services.store.parts.end(
        [part for part in parts_of(item, services) if part.is_live], services.now
    )
    node.complete(item.token_id, {"outcome": key}, services.now)
    cause = Cause(services.actor.login, key=item.key)
    Progress(held.tree, services, cause).run(node)
