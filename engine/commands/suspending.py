"""挂起: who may suspend and resume a matter, and what a suspended matter says to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands.authority import Verdict
from engine.commands.standing_in import judge_actor
from engine.errors import MatterSuspendedError, NotAllowedError, WrongStateError
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem

#: Words of the property ``suspend.by``; administrators always may.
HANDLER: Final = "handler"
INITIATOR: Final = "initiator"
ADMINISTRATOR: Final = "administrator"


def suspended_error() -> MatterSuspendedError:
    """Return what a suspended matter answers to whoever wants to move it."""
    return MatterSuspendedError(
        "事项已挂起，恢复后才能办理；如需恢复，请联系挂起人或管理员。",
        "The matter is suspended; nothing can be done before it is resumed."
        " Ask whoever suspended it, or an administrator.",
    )


def held(verdict: Verdict) -> Verdict:
    """Return the verdict on a work item of a suspended matter."""
    if not verdict.allowed:
        return verdict
    error = suspended_error()
    return Verdict(
        allowed=False,
        role=verdict.role,
        reason_zh=error.message_zh,
        reason_en=error.message_en,
        on_behalf_of=verdict.on_behalf_of,
        suspended=True,
    )


def suspending_refusal(
    tree: MatterTree, items: Sequence[WorkItem], services: Services
) -> WorkflowError | None:
    """Return why the actor cannot suspend a matter, ``None`` if he can."""
    root = tree.root.row
    if not _may_suspend(tree, items, services):
        return NotAllowedError(
            "只有管理员或流程指定的人员可以挂起。",
            "Only an administrator, or whom the model names, can suspend a matter.",
        )
    if not tree.root.is_active or not root.submitted:
        return WrongStateError(
            "事项尚未提交或已经结束，不能挂起。",
            "The matter is a draft or has ended; it cannot be suspended.",
        )
    if root.suspended_at is not None:
        return WrongStateError("事项已经挂起，无需重复操作。", "The matter is suspended already.")
    return None


def resuming_refusal(
    tree: MatterTree, items: Sequence[WorkItem], services: Services
) -> WorkflowError | None:
    """Return why the actor cannot resume a matter, ``None`` if he can."""
    root = tree.root.row
    if root.suspended_at is None:
        return WrongStateError("事项没有挂起，无需恢复。", "The matter is not suspended.")
    if root.suspended_by != services.actor.login and not _may_suspend(tree, items, services):
        return NotAllowedError(
            "只有挂起人、管理员或流程指定的人员可以恢复。",
            "Only who suspended it, an administrator, or whom the model names can resume it.",
        )
    return None


def _may_suspend(tree: MatterTree, items: Sequence[WorkItem], services: Services) -> bool:
    if services.person.has_role(ADMIN_ROLE):
        return True
    root = tree.root.row
    for item in items:
        if item.is_open and item.is_task:
            allowed = set(_allowed(item, tree))
            if INITIATOR in allowed and root.initiator == services.actor.login:
                return True
            if HANDLER in allowed and judge_actor(item, root, services, bars={}).allowed:
                return True
    return False


def _allowed(item: WorkItem, tree: MatterTree) -> Iterator[str]:
    text = tree.element(item.instance_key, item.element_id).properties.get("suspend.by", "")
    yield from (word.strip() for word in text.split(","))
