"""Take the own decision back before the next person acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.completed import describe
from engine.commands.matter import MatterTree
from engine.commands.places import Places
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.recalling import Decision, recalling_refusal
from engine.commands.routes import Router
from engine.commands.step import read_work_item
from engine.model.states import Arrival

if TYPE_CHECKING:
    from engine.commands.completed import Completed
    from engine.commands.resting import RowBatch
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class RecallWorkItem:
    """撤回 of a decision: the step is its maker's again; what it had led to ends.

    Attributes:
        work_item_key: the completed task.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: somebody else's decision.
        WrongStateError: somebody or something has gone on since, or the model forbids it.
        ValidationFailedError: no reason given.
    """

    work_item_key: str
    reason: str

    def execute(self, services: Services) -> Completed:
        """Go back by the mechanism of return."""
        item = read_work_item(services, self.work_item_key)
        tree = MatterTree.load(services, item.root_key)
        items = services.store.work_items.of_matter(item.root_key)
        (item,) = [one for one in items if one.key == item.key]
        decision = Decision(item, tree, items, services)
        refusal = recalling_refusal(decision, tree, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        batch = _go_back(decision, tree, services)
        services.note(
            "work_item_recalled",
            root_key=item.root_key,
            role=item.ended_role,
            element_name=item.name,
            detail={
                "reason": reason,
                "cancelled": "、".join(one.name for one in decision.followers),
            },
        )
        return describe(tree, batch, services)


def _go_back(decision: Decision, tree: MatterTree, services: Services) -> RowBatch:
    cause = Cause(services.actor.login, key=decision.item.key, arrival=Arrival.RECALL)
    route = decision.route
    if route is not None:
        _effect, starts = Router(tree, Places(tree)).go(route, services.now)
        return Progress(tree, services, cause, starts).run(route.node)
    node = tree.nodes[decision.item.instance_key]
    node.interpreter.re_enter(decision.scope, decision.item.element_id, now=services.now)
    return Progress(tree, services, cause).run(node)
