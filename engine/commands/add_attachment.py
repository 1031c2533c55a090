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
    from engine.model.work import WorkItem


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
        form = form_of(step, services)
        form_id = form.id if form is not None and self.field else ""
        row = keep_file(step.item, form_id, (self.field, self.name, self.content), services)
        services.note(
            "attachment_added",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"name": row.name, "sha256": row.sha256, "field": self.field},
        )
        return row


def keep_file(
    item: WorkItem, form_id: str, file: tuple[str, str, bytes], services: Services
) -> AttachmentRow:
    """Check a file and store it beside a work item.

    Args:
        item: the work item.
        form_id: the form that it belongs to, empty for a file of the opinion.
        file: (form path, name, content).
        services: the command's.

    Raises:
        ValidationFailedError: wrong type, empty, too large, too many.
    """
    place, name, content = file
    accepted = check_attachment(place, name, content)
    rows = services.store.records.attachments(item.root_key)
    if sum((row.form_id, row.field) == (form_id, place) for row in rows) >= MAX_FILES:
        raise field_error(
            place,
            "ERR_ATTACHMENT_COUNT",
            f"最多上传 {MAX_FILES} 个文件，请先删除不需要的文件。",
            f"At most {MAX_FILES} files; remove one first.",
        )
    row = AttachmentRow(
        key=new_key(),
        root_key=item.root_key,
        work_item_key=item.key,
        form_id=form_id,
        field=place,
        name=accepted.name,
        size=len(content),
        content_type=accepted.content_type,
        sha256=services.blobs.put(content),
        uploaded_by=services.actor.login,
        uploaded_at=services.now,
    )
    services.store.records.add_attachment(row)
    return row
