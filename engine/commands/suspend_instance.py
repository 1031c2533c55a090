"""Let a matter rest, and go on later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.clock_changes import resume_clocks, stop_clocks
from engine.commands.matter import MatterTree
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.commands.suspending import resuming_refusal, suspending_refusal
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class SuspendInstance:
    """挂起: nothing of the matter is done, and none of its clocks runs, until it is resumed.

    Attributes:
        instance_key: the matter.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: neither an administrator nor whom ``suspend.by`` names.
        WrongStateError: a draft, ended, or suspended already.
        ValidationFailedError: no reason given.
    """

    instance_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Stop the clocks and remember why."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        root_key = tree.root.row.key
        items = services.store.work_items.of_matter(root_key)
        refusal = suspending_refusal(tree, items, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        services.store.suspensions.change(
            root_key,
            suspended_at=services.now,
            suspended_by=services.actor.login,
            suspend_reason=reason,
        )
        stop_clocks(root_key, items, reason, services)
        services.note("instance_suspended", root_key=root_key, detail={"reason": reason})


@dataclass(frozen=True, kw_only=True)
class ResumeInstance:
    """恢复: the matter goes on where it stood; clocks run again with what was left.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: neither who suspended it, nor an administrator, nor whom the model names.
        WrongStateError: not suspended.
        ValidationFailedError: no reason given.
    """

    instance_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Let clocks run, jobs be claimed and messages be taken again."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        root_key = tree.root.row.key
        items = services.store.work_items.of_matter(root_key)
        since = tree.root.row.suspended_at
        refusal = resuming_refusal(tree, items, services)
        if refusal is not None or since is None:
            raise refusal or WrongStateError
        reason = require_reason(self.reason)
        store = services.store
        store.suspensions.change(root_key, suspended_at=None, suspended_by=None, suspend_reason="")
        store.suspensions.prolong_messages(root_key, since, services.now - since)
        resume_clocks(root_key, items, reason, services)
        services.makes_work = True
        services.note("instance_resumed", root_key=root_key, detail={"reason": reason})
