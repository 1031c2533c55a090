"""Send a matter back to a step that was done before, wherever the diagram draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.completed import describe
from engine.commands.deciding import decision_refusal
from engine.commands.parts import parts_of
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.step import close, read_step
from engine.errors import WrongStateError
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.commands.completed import Completed
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class ReturnWorkItem:
    """退回 to a historic step of this diagram or its callers; what lies between is done again.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        ValidationFailedError: no reason given.
        WrongStateError: the target is not one of ``return_targets``, or the task is delegated.
    """

    work_item_key: str
    target_element_id: str
    reason: str

    def execute(self, services: Services) -> Completed:
        """Cancel the leaving tokens and re-enter the target."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        refusal = decision_refusal(step, parts_of(step.item, services), services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        done = services.store.work_items.of_matter(step.root_key)
        legal = {item.element_id: item for item in return_targets(step, done)}
        target = legal.get(self.target_element_id)
        if target is None:
            raise WrongStateError(
                "不能退回到所选环节，请重新选择退回目标。",
                "The matter cannot go back to that step; choose another one.",
            )
        node = leave(step, target, reason, services)
        cause = Cause(services.actor.login, step.item.key)
        batch = Progress(step.tree, services, cause).run(node)
        services.note(
            "work_item_returned",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"target": target.name, "reason": reason},
        )
        return describe(step.tree, batch, services)


def leave(step: Step, target: WorkItem, reason: str, services: Services) -> Node:
    """Close the returner's work item and put the token on the target.

    Returns:
        The instance that was set in motion: the returner's own or one that called it.
    """
    close(step, "return", f"退回至{target.name}", reason, services)
    node, token_id = next(
        level for level in levels(step) if level[0].row.key == target.instance_key
    )
    interpreter = node.interpreter
    if node is step.node:
        del node.rested[token_id]
    interpreter.jump([token_id], target.element_id, now=services.now)
    return node


def levels(step: Step) -> Iterator[tuple[Node, str]]:
    """Yield (instance, token) of the work item and of every call activity that led to it."""
    node, token_id = step.node, step.item.token_id
    yield node, token_id
    while node.row.parent_key is not None and node.row.parent_token is not None:
        token_id = node.row.parent_token
        node = step.tree.nodes[node.row.parent_key]
        yield node, token_id


def return_targets(step: Step, items: list[WorkItem]) -> list[WorkItem]:
    """Return the last completed work item of every step one can go back to, latest first.

    A target is a user task that was completed before, of the same instance or of one that called
    it, and that the interpreter can re-enter from here.
    """
    legal = {
        (node.row.key, element_id)
        for node, token_id in levels(step)
        for element_id in node.interpreter.jump_targets([token_id])
    }
    found: dict[str, WorkItem] = {}
    for item in sorted(items, key=lambda item: item.key, reverse=True):
        if (
            item.is_task
            and item.state is WorkItemState.COMPLETED
            and (item.instance_key, item.element_id) in legal
            and item.element_id != step.item.element_id
        ):
            found.setdefault(item.element_id, item)
    return list(found.values())
