"""Take a file out of a matter's papers; content and row stay for the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.services import key_of
from engine.commands.step import read_step
from engine.errors import NotFoundError, WrongStateError

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class RemoveAttachment:
    """删除附件 while the step in which it may be changed is open.

    Raises:
        NotFoundError: no such work item or file.
        NotAllowedError: may not act on the work item.
        WrongStateError: the file belongs to another step.
        TaskGoneError: the work item is finished.
    """

    work_item_key: str
    attachment_key: str

    def execute(self, services: Services) -> None:
        """Mark it removed."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        row = services.store.records.attachment(key_of(self.attachment_key, "附件", "attachment"))
        if row is None or row.root_key != step.root_key:
            raise NotFoundError("附件", "attachment", self.attachment_key)
        form_id = step.element.user_task.form_id if step.element.user_task else ""
        if row.work_item_key != step.item.key and (not row.form_id or row.form_id != form_id):
            raise WrongStateError(
                "该附件属于其他环节，不能在此删除。",
                "This file belongs to another step and cannot be removed here.",
            )
        services.store.records.remove_attachment(row.key, services.actor.login, services.now)
        services.note(
            "attachment_removed",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"name": row.name, "sha256": row.sha256},
        )
