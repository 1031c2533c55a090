"""Fire the timer that is due first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class FireDueTimer:
    """One due timer, one matter, one transaction; ``False`` when nothing is due."""

    def execute(self, services: Services) -> bool:
        """Fire."""
        due = services.store.waiting.due_timers(services.now, limit=1)
        if not due:
            return False
        timer = due[0]
        tree = MatterTree.load(services, timer.root_key)
        if not services.store.waiting.fire_timer(timer.key):
            return True
        node = tree.nodes[timer.instance_key]
        node.fire_timer(timer.token_id, services.now)
        Progress(tree, services, Cause(services.actor.login)).run(node)
        services.note(
            "timer_fired",
            root_key=timer.root_key,
            element_name=node.model.elements[timer.element_id].name,
        )
        return True
