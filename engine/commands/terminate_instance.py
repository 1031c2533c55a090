"""End a matter for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotAllowedError, WrongStateError
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class TerminateInstance:
    """终止 (administrators) and 删除草稿 (the initiator, before the first submission).

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: neither an administrator nor the initiator of a draft.
        WrongStateError: it has ended already.
        ValidationFailedError: no reason given.
    """

    instance_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Cancel everything that waits and end every instance of the matter."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        refusal = termination_refusal(tree, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        Progress(tree, services, Cause(services.actor.login)).end(tree.root)
        services.note("instance_terminated", root_key=tree.root.row.key, detail={"reason": reason})


def termination_refusal(
    tree: MatterTree, services: Services
) -> NotAllowedError | WrongStateError | None:
    """Return why the actor cannot end the matter, ``None`` if it is possible."""
    root = tree.root.row
    if not tree.root.is_active:
        return WrongStateError(
            "该事项已经结束，不能终止。", "This matter has ended; it cannot be terminated."
        )
    if services.person.has_role(ADMIN_ROLE):
        return None
    if root.initiator != services.actor.login:
        return NotAllowedError(
            "只有管理员可以终止已提交的事项。", "Only an administrator can terminate a matter."
        )
    if root.submitted:
        return WrongStateError(
            "该事项已经提交，不能删除；如需撤回请使用“撤回”。",
            "This matter was submitted and cannot be deleted; use “withdraw” instead.",
        )
    return None
