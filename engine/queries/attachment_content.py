"""A stored file for its readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.commands.entitlement import require_reader
from engine.commands.services import key_of
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True)
class StoredFile:
    """A file to send.

    Attributes:
        name: original name, Chinese intact.
        content_type: checked media type.
        content: the bytes.
    """

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AttachmentContent:
    """下载附件: only for readers of the matter.

    Raises:
        NotFoundError: no such file.
        NotAllowedError: not entitled.
    """

    attachment_key: str

    def answer(self, services: Services) -> StoredFile:
        """Read it."""
        row = services.store.records.attachment(key_of(self.attachment_key, "附件", "attachment"))
        if row is None:
            raise NotFoundError("附件", "attachment", self.attachment_key)
        services.root_key = row.root_key
        root = services.store.instances.tree(row.root_key)[0]
        require_reader(root, services.store.work_items.of_matter(row.root_key), services)
        return StoredFile(row.name, row.content_type, services.blobs.get(row.sha256))
