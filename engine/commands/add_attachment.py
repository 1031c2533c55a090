"""Put a file beside a work item."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import read_step
from engine.commands.submission import form_of
from engine.errors import field_error
from engine.model.attachments import MAX_FILES, check_attachment
from engine.model.keys import new_key
from engine.model.work import AttachmentRow

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class AddAttachment:
    """上传附件: checked by catalogue 0.7, stored by content hash, listed in the transaction.

    Attributes:
        work_item_key: the work item in which it is uploaded.
        field: form path, empty for a file that belongs to the opinion.
        name: file name as the person has it; for display only.
        content: the bytes.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        ValidationFailedError: wrong type, empty, too large, too many (``ERR_ATTACHMENT…``).
    """

    work_item_key: str
    field: str
    name: str
    content: bytes = dataclasses.field(repr=False)

    def execute(self, services: Services) -> AttachmentRow:
        """Check and store."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        accepted = check_attachment(self.field, self.name, self.content)
        form = form_of(step, services)
        form_id = form.id if form is not None and self.field else ""
        self._refuse_too_many(step.root_key, form_id, services)
        row = AttachmentRow(
            key=new_key(),
            root_key=step.root_key,
            work_item_key=step.item.key,
            form_id=form_id,
            field=self.field,
            name=accepted.name,
            size=len(self.content),
            content_type=accepted.content_type,
            sha256=services.blobs.put(self.content),
            uploaded_by=services.actor.login,
            uploaded_at=services.now,
        )
        services.store.records.add_attachment(row)
        services.note(
            "attachment_added",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"name": row.name, "sha256": row.sha256, "field": self.field},
        )
        return row

    def _refuse_too_many(self, root_key: int, form_id: str, services: Services) -> None:
        here = [
            row
            for row in services.store.records.attachments(root_key)
            if (row.form_id, row.field) == (form_id, self.field)
        ]
        if len(here) >= MAX_FILES:
            raise field_error(
                self.field,
                "ERR_ATTACHMENT_COUNT",
                f"最多上传 {MAX_FILES} 个文件，请先删除不需要的文件。",
                f"At most {MAX_FILES} files; remove one first.",
            )
