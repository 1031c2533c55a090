"""The initiator takes a submitted matter back before anybody else has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.completed import describe
from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotAllowedError, WorkflowError, WrongStateError
from engine.model.states import Arrival

if TYPE_CHECKING:
    from engine.bpmn import Element
    from engine.commands.completed import Completed
    from engine.commands.services import Services
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class WithdrawInstance:
    """撤回 (catalogue 0.4): back to the initiator's own step as a draft.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not the initiator.
        WrongStateError: not submitted, ended, somebody else has opened it, only the system is at
            work (what was published must reach the world outside), or the model forbids it.
        ValidationFailedError: no reason given.
    """

    instance_key: str
    reason: str

    def execute(self, services: Services) -> Completed:
        """Cancel what is open and put the token back on the initiator's step."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        items = services.store.work_items.of_matter(tree.root.row.key)
        refusal = withdrawal_refusal(tree, items, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        target = initiator_step(tree)
        root = tree.root
        tokens = [wait.token_id for wait in root.interpreter.waits()]
        root.interpreter.jump(tokens, target.id, now=services.now)
        root.change(submitted=False)
        batch = Progress(tree, services, Cause(services.actor.login, arrival=Arrival.WITHDRAW)).run(
            root
        )
        services.note("instance_withdrawn", root_key=root.row.key, detail={"reason": reason})
        return describe(tree, batch, services)


def initiator_step(tree: MatterTree) -> Element:
    """Return the root model's user task that submits the matter.

    Raises:
        WrongStateError: the model has none.
    """
    for element in tree.root.model.elements.values():
        if element.properties.get("submit") == "true":
            return element
    raise WrongStateError(
        "该流程没有填报环节，不能撤回。", "This procedure has no filing step to withdraw to."
    )


def withdrawal_refusal(
    tree: MatterTree, items: list[WorkItem], services: Services
) -> WorkflowError | None:
    """Return why the actor cannot withdraw, ``None`` if it is possible."""
    root = tree.root.row
    if root.initiator != services.actor.login:
        return NotAllowedError(
            "只有发起人可以撤回。", "Only the person who started the matter can withdraw it."
        )
    reasons = (
        (root.suspended_at is not None, "事项已挂起，恢复后才能撤回。", "The matter is suspended."),
        (not tree.info.withdraw, "本流程不允许撤回。", "This procedure cannot be withdrawn."),
        (not tree.root.is_active, "该事项已经结束，不能撤回。", "This matter has ended."),
        (not root.submitted, "该事项尚未提交，无需撤回。", "This matter is still a draft."),
        (
            not any(item.is_live for item in items),
            "各环节都已办理，系统正在执行，不能撤回。",
            "Every step is done and the system is at work.",
        ),
        (
            _looked_at(items, tree),
            "下一环节已查看或办理，不能撤回；请联系对方退回。",
            "The next step has been opened or done; ask for a return instead.",
        ),
    )
    for applies, message_zh, message_en in reasons:
        if applies:
            return WrongStateError(message_zh, message_en)
    return None


def _looked_at(items: list[WorkItem], tree: MatterTree) -> bool:
    """Tell whether anybody else has opened or done a step since the last submission.

    Whoever signed the submission itself did so before it took effect; further steps of the
    initiator, such as the look at what will be published, are nobody else's.
    """
    initiator = tree.root.row.initiator
    own = [item for item in items if item.is_task and item.ended_by == initiator]
    submitted = [item.key for item in own if _submits(tree, item)]
    since = max(submitted or [item.key for item in own], default=0)
    return any(
        item.key > since
        and item.parent_key != since
        and (item.opened_at is not None or item.ended_by is not None)
        and not (item.is_task and initiator == (item.assignee if item.is_open else item.ended_by))
        for item in items
    )


def _submits(tree: MatterTree, item: WorkItem) -> bool:
    element = tree.root.model.elements.get(item.element_id)
    return element is not None and element.properties.get("submit") == "true"
