"""An administrator moves a matter to another element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.completed import describe
from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotAllowedError, NotFoundError, WrongStateError
from engine.model.participants import ADMIN_ROLE, SYSTEM
from engine.model.states import Arrival

if TYPE_CHECKING:
    from engine.commands.completed import Completed
    from engine.commands.matter import Node
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class MoveToken:
    """跳转 by the one mechanism of return and withdrawal.

    Attributes:
        instance_key: the matter, or one of its called instances.
        element_id: where the token waits now.
        target_element_id: one of the interpreter's legal targets.
        reason: 1 to 500 characters.
        token_id: one of several tokens at the element, such as one instance of a countersign;
            by default all of them move.

    Raises:
        NotFoundError: no such matter or instance.
        NotAllowedError: not an administrator.
        WrongStateError: nothing waits at the element, or the structure forbids the move.
        ValidationFailedError: no reason given.
    """

    instance_key: str
    element_id: str
    target_element_id: str
    reason: str
    token_id: str = ""

    def execute(self, services: Services) -> Completed:
        """Cancel what must end and enter the target."""
        if services.actor != SYSTEM and not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError
        reason = require_reason(self.reason)
        tree, node = _node(self.instance_key, services)
        tokens = self._tokens(node)
        if not tokens:
            raise WrongStateError(
                "所选环节当前没有等待办理的任务，请刷新页面。",
                "Nothing waits at that element now; reload the page.",
            )
        node.interpreter.jump(tokens, self.target_element_id, now=services.now)
        batch = Progress(tree, services, Cause(services.actor.login, arrival=Arrival.MOVE)).run(
            node
        )
        services.note(
            "token_moved",
            root_key=tree.root.row.key,
            element_name=node.model.elements[self.element_id].name,
            detail={
                "target": node.model.elements[self.target_element_id].name,
                "reason": reason,
            },
        )
        return describe(tree, batch, services)

    def _tokens(self, node: Node) -> list[str]:
        return [
            wait.token_id
            for wait in node.interpreter.waits()
            if wait.element_id == self.element_id and self.token_id in ("", wait.token_id)
        ]


def _node(instance_key: str, services: Services) -> tuple[MatterTree, Node]:
    key = key_of(instance_key, "事项", "matter")
    root_key = services.store.instances.root_key(key)
    if root_key is None:
        raise NotFoundError("事项", "matter", instance_key)
    tree = MatterTree.load(services, root_key)
    return tree, tree.nodes[key]
